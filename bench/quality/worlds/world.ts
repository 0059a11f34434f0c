/** What a world of the bench is: a bag, a fleet, and what they are there to show. */
import type { Cluster } from "@stint/shared/cluster.js";
import type { ImaginedCluster } from "@stint/master/simulate/imagined-cluster.js";
import type { Runtimes } from "@stint/master/simulate/runtimes.js";

/** By how much runtimes differ: cv ≤ 0.3; cv ≤ 0.85 or two modes; more. Each has promises of its own. */
export const FAMILIES = ["normal", "mixed", "heavy"] as const;
export type Family = (typeof FAMILIES)[number];

export interface Fleet {
  /** (speed, price) of the clusters relative to the first, as `1,1 4,3`; what the promises are told apart by. */
  readonly shape: string;
  readonly billing: "hourly" | "per second";
  readonly clusters: readonly Cluster[];
  readonly imagined: readonly ImaginedCluster[];
}

export interface World {
  readonly name: string;
  readonly family: Family;
  /** At least 900 tasks, or 200 to 400. */
  readonly size: "big" | "small";
  /** The same seed always gives the same bag. */
  readonly runtimesOf: (seed: number) => Runtimes;
  readonly fleet: Fleet;
  /** Something goes wrong that nobody could have known beforehand: promises of time do not hold there. */
  readonly trouble?: "failures" | "losses" | "drift" | "shortage" | "prices" | "unlucky";
}
