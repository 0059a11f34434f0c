/**
 * The truth that a planner has to find out: how long each task takes on each cluster, and which attempts fail.
 * It depends on the seed, the task, the cluster and the attempt alone, never on what happened before.
 */
import type { AttemptRef, TaskIndex } from "@stint/shared/ids.js";
import { present } from "@stint/shared/invariant.js";
import { seconds, type Duration } from "@stint/shared/units.js";
import { randomStream } from "../planner/stats/draws.js";
import type { ClusterIndex } from "../planner/vocabulary/configuration.js";
import { drawFactor, drawSeconds } from "./draw-distribution.js";
import type { ImaginedCluster } from "./imagined-cluster.js";
import type { Runtimes } from "./runtimes.js";

export interface Truth {
  /** Without drift, which depends on when a task is started. */
  runtimeOf(task: TaskIndex, cluster: ClusterIndex): Duration;
  /** After what share of its runtime an attempt fails; absent for one that ends well. */
  failsAfter(attempt: AttemptRef, cluster: ClusterIndex): number | undefined;
}

export const bagSize = (runtimes: Runtimes): number =>
  runtimes.kind === "drawn" ? runtimes.tasks : runtimes.ids.length;

/** A runtime is at least this long: nothing takes no time at all. */
const RUNTIME_LEAST = 0.000001;

export function truthOf(runtimes: Runtimes, clusters: readonly ImaginedCluster[], seed: number): Truth {
  const known = clusters.map(() => new Float64Array(bagSize(runtimes)));
  return {
    runtimeOf(task, cluster) {
      const row = present(known[cluster], "the cluster exists", { cluster });
      const remembered = row[task] ?? 0;
      const runtime = remembered > 0 ? remembered : drawRuntime({ runtimes, clusters, seed }, task, cluster);
      row[task] = runtime;
      return seconds(runtime);
    },
    failsAfter({ task, attempt }, cluster) {
      const share = clusters[cluster]?.failures ?? 0;
      if (share === 0) return undefined;
      const stream = randomStream(seed, `failure:${String(task)}.${String(attempt)}`);
      return stream.uniform() < share ? stream.uniform() : undefined;
    },
  };
}

interface World {
  readonly runtimes: Runtimes;
  readonly clusters: readonly ImaginedCluster[];
  readonly seed: number;
}

function drawRuntime({ runtimes, clusters, seed }: World, task: TaskIndex, index: ClusterIndex): number {
  const cluster = present(clusters[index], "the cluster exists", { index });
  const stream = randomStream(seed, `noise:${String(task)}:${String(index)}`);
  return Math.max(RUNTIME_LEAST, withoutNoise(runtimes) * drawFactor(cluster.noise, stream));

  function withoutNoise(from: Runtimes): number {
    if (from.kind === "drawn") {
      return drawSeconds(from.distribution, randomStream(seed, `runtime:${String(task)}`)) / cluster.speed;
    }
    if (from.seconds.kind === "base") return (from.seconds.base[task] ?? 0) / cluster.speed;
    return from.seconds.clusters[index]?.[task] ?? 0;
  }
}
