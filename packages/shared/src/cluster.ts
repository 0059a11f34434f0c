/**
 * A cluster: one kind of machine, what it costs and how many there are at most. Written by the user,
 * read by the planner, the provisioners and the imagined world alike.
 */
import type { ClusterName } from "./ids.js";
import type { Duration, MicroUsdPerHour } from "./units.js";

/** How a machine's time becomes money. */
export interface Tariff {
  /** Exact, per machine and hour. */
  readonly price: MicroUsdPerHour;
  /** The accountable time unit: paid whole once begun. */
  readonly atu: Duration;
  /** The least that is paid once a machine has been rented. */
  readonly minimum: Duration;
  /** How long before paid-until an agent ends by itself; lies inside what is reserved. */
  readonly grace: Duration;
}

/** A slow-down that sets in when a share of the bag is done: `2 from 40%`. */
export interface Drift {
  readonly factor: number;
  /** Share of the bag, 0 to 1. */
  readonly from: number;
}

/** What one machine has, for tasks that say what they need. */
export interface MachineSize {
  readonly cpus: number;
  /** Bytes. */
  readonly memory: number;
}

export interface Cluster {
  readonly name: ClusterName;
  readonly provider: "local" | "imagined";
  /** Machines at most. */
  readonly most: number;
  readonly slots: number;
  /** Absent where a person has said how many slots there are: those count whatever tasks need. */
  readonly size?: MachineSize;
  readonly tariff: Tariff;
  /** How long a machine may take until its hello before it is given up. */
  readonly bootLimit: Duration;
  /** What a planner may assume of the time from request to hello before it has seen any. */
  readonly bootExpected: Duration;
  /** Local only: below 1 a slot is held longer after each task. */
  readonly speed: number;
  readonly drift?: Drift;
}

/** By how much a cluster's tasks are slower than its `speed` says, once this share of the bag is done. */
export const driftAt = (cluster: Pick<Cluster, "drift">, doneShare: number): number =>
  cluster.drift !== undefined && doneShare >= cluster.drift.from ? cluster.drift.factor : 1;
