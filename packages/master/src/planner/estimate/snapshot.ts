/**
 * What a forecast may look at: a value of fixed size (counts, machines, running tasks, money, the sketch of
 * runtimes), never the bag. Taken from a run by the room `reevaluate`, answered by pure functions off the loop.
 */
import type { Cluster } from "@stint/shared/cluster.js";
import type { TaskIndex } from "@stint/shared/ids.js";
import type { Duration, Instant, MicroUsd } from "@stint/shared/units.js";
import type { Stretch } from "../money/tariff.js";
import type { ClusterIndex, Configuration, Later } from "../vocabulary/configuration.js";
import type { OfferName, Part } from "../vocabulary/settings.js";
import type { Runtimes } from "./runtimes.js";

export interface SnapshotCluster {
  readonly cluster: Cluster;
  /** Machines at most for now: 0 when it is blocked or could not be sampled, less than `most` when it delivers less. */
  readonly most: number;
  /** From request to hello, as seen in this run, or as the cluster expects it. */
  readonly boot: Duration;
}

export interface SnapshotMachine {
  readonly cluster: ClusterIndex;
  readonly billedFrom: Instant;
  /** Absent while it is on its way. */
  readonly readyAt?: Instant;
  readonly owedUntil: Instant;
  readonly paidUntil: Instant;
  /** What it has paid for at earlier prices; see money/tariff.ts. */
  readonly bought?: readonly Stretch[];
  /** It leaves at its owed end unless it is kept. */
  readonly leaving: boolean;
  /** Not heard from: it may come back, nothing new is given to it. */
  readonly silent: boolean;
}

export interface SnapshotRunning {
  readonly task: TaskIndex;
  readonly cluster: ClusterIndex;
  /** The place of its machine among the machines. */
  readonly machine: number;
  readonly elapsed: Duration;
  /** A copy of a task that runs elsewhere too, or whose twin already ended. */
  readonly copy: boolean;
}

export interface Snapshot {
  readonly at: Instant;
  readonly seed: number;
  readonly clusters: readonly SnapshotCluster[];
  readonly machines: readonly SnapshotMachine[];
  readonly running: readonly SnapshotRunning[];
  /** Not started, or given back. */
  readonly waiting: number;
  readonly total: number;
  readonly runtimes: Runtimes;
  /** Attempts that ended by themselves, and how many of these failed. */
  readonly attempts: { readonly ended: number; readonly failed: number };
  readonly money: {
    /** Absent when there is none and all is free. */
    readonly budget?: MicroUsd;
    /** Bills of machines that are gone. */
    readonly billed: MicroUsd;
  };
  /** Some of the tasks left may be copied. */
  readonly copiesAllowed: boolean;
  /** Machines wanted now; absent before anything was accepted or begun. */
  readonly wanted?: Configuration;
  /** And fewer from then on, where the plan in force says so. */
  readonly wantedLater?: Later;
  /** Once an offer was accepted: what was picked and what its limit is. */
  readonly accepted?: {
    readonly name: OfferName;
    readonly limit: MicroUsd;
    /** When the bag should end, as promised (P90). */
    readonly endsBy: Instant;
  };
  readonly without: readonly Part[];
}
