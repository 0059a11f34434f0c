/** How long each task truly takes on each cluster, in seconds: drift, which depends on when it starts, left aside. */
import type { TaskIndex } from "@stint/shared/ids.js";
import { inSeconds } from "@stint/shared/units.js";
import type { ImaginedCluster } from "@stint/master/simulate/imagined-cluster.js";
import type { Runtimes } from "@stint/master/simulate/runtimes.js";
import { bagSize, truthOf } from "@stint/master/simulate/true-runtimes.js";

export function trueSeconds(
  runtimes: Runtimes,
  clusters: readonly ImaginedCluster[],
  seed: number,
): Float64Array[] {
  const truth = truthOf(runtimes, clusters, seed);
  const tasks = bagSize(runtimes);
  return clusters.map((_, cluster) =>
    Float64Array.from({ length: tasks }, (_, task) => inSeconds(truth.runtimeOf(task as TaskIndex, cluster))),
  );
}
