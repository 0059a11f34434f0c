/** The runs whose questions are asked here: what a bench of speed needs of a world, and no more. */
import type { Cluster } from "@stint/shared/cluster.js";
import { microUsd, minutes } from "@stint/shared/units.js";
import type { ImaginedCluster } from "@stint/master/simulate/imagined-cluster.js";
import type { SimulationOptions } from "@stint/master/simulate/simulate.js";
import { fleetOf } from "../quality/worlds/fleets.js";

export interface Fleet {
  readonly clusters: readonly Cluster[];
  readonly imagined: readonly ImaginedCluster[];
}

/** The published fleet of three: as fast, dearer for its speed, cheaper for it. */
export const threeOf24 = (): Fleet =>
  fleetOf({
    kinds: [
      { speed: 1, price: 1 },
      { speed: 3, price: 4 },
      { speed: 2, price: 1 },
    ],
    machines: 24,
    billing: "per second",
  });

export interface Terms {
  readonly tasks: number;
  /** Of a task on a machine of speed 1, in seconds. */
  readonly mean: number;
  readonly dollars: number;
}

export const imaginedRun = (
  { clusters, imagined }: Fleet,
  { tasks, mean, dollars }: Terms,
): SimulationOptions => ({
  bag: "bench",
  checked: false,
  keepFrames: false,
  settings: {
    name: "bench",
    clusters,
    budget: microUsd(dollars * 1_000_000),
    seed: 1,
    review: minutes(5),
    wait: minutes(5),
    strict: false,
    choose: "fastest",
    yes: true,
    without: [],
  },
  clusters: imagined,
  runtimes: { kind: "drawn", distribution: { kind: "normal", mean, deviation: mean / 5 }, tasks },
  tasks: { retriesOf: () => 1, mayBeCopied: () => true },
});

/** How many tasks the planner is told of for each cluster, as quantiles of what they take. */
const QUANTILES = 20;

/** The same without anything to learn: every cluster is known, as if all had been tried. */
export function toldRun(fleet: Fleet, terms: Terms): SimulationOptions {
  const options = imaginedRun(fleet, terms);
  const clusters = fleet.imagined.map(({ speed }) =>
    Array.from({ length: QUANTILES }, (_, place) => ({
      seconds: (terms.mean * (0.65 + (0.7 * (place + 0.5)) / QUANTILES)) / speed,
      tasks: terms.tasks / QUANTILES,
    })),
  );
  return { ...options, settings: { ...options.settings, told: { when: "at-first", clusters } } };
}
