/**
 * The machines of a run and where each of them stands. Machines that are gone are forgotten but for counts,
 * so that this room stays as small as the fleet.
 *
 *   ordered ──► launched ──► ready ──► releasing ──► gone
 *      │            │          │  ▲
 *      │            │          ▼  │
 *      │            │         silent (still ready, nothing new is given to it)
 *      └────────────┴──────────┴──► gone
 */
import { present } from "@stint/shared/invariant.js";
import type { Cluster } from "@stint/shared/cluster.js";
import type { MachineId } from "@stint/shared/ids.js";
import {
  after,
  earlier,
  minutes,
  NO_TIME,
  type Duration,
  type Instant,
  type MicroUsd,
} from "@stint/shared/units.js";
import type { ClusterIndex } from "../vocabulary/configuration.js";
import type { MoneyRun } from "../money/ledger.js";

export type MachineState = "ordered" | "launched" | "ready" | "releasing";

export interface Machine {
  readonly id: MachineId;
  readonly cluster: ClusterIndex;
  state: MachineState;
  readonly rentedAt: Instant;
  /** First hello; it stays known while the machine is released. */
  readyAt: Instant | undefined;
  slots: number;
  /** It gets no task that would not end within its owed time, and goes when idle or at its owed end. */
  leaving: boolean;
  /** Since when nothing has been heard of it. */
  silentSince: Instant | undefined;
  /** The master that took the run up last has not heard of it yet. */
  unheard: boolean;
  /** How many more tasks its agent can take. */
  credit: number;
  /** Attempts on it, running or on their way. */
  active: number;
  /** Slot time already charged to attempts. */
  bookedSlotTime: Duration;
  /** What that is worth exactly, of the machine's whole price; see money/tariff.ts. */
  bookedWorth: bigint;
  /** What attempts were charged for it, in micro-dollars. */
  bookedCost: MicroUsd;
  /** When nothing was left on it to do; absent while it has an attempt. */
  idleSince: Instant | undefined;
  /** Its lease is asked for in vain: the ledger had nothing left. */
  lapsing: boolean;
}

/** What is remembered of a cluster's machines, those that are gone included. */
export interface ClusterMachines {
  /** Machines ever rented; the next one's number is one more. */
  rented: number;
  /** Machines that may exist now. */
  live: number;
  bootSum: Duration;
  bootSeen: number;
  /** Launches in a row that failed or never said hello. */
  failedLaunches: number;
  /** How many times in a row the cluster has been limited. */
  timesLimited: number;
  limit: { readonly most: number; readonly until: Instant } | undefined;
}

export interface Machines {
  readonly live: Map<MachineId, Machine>;
  readonly clusters: readonly ClusterMachines[];
}

export interface MachinesRun extends MoneyRun {
  readonly machines: Machines;
}

export const newMachines = (clusters: readonly Cluster[]): Machines => ({
  live: new Map(),
  clusters: clusters.map(() => ({
    rented: 0,
    live: 0,
    bootSum: NO_TIME,
    bootSeen: 0,
    failedLaunches: 0,
    timesLimited: 0,
    limit: undefined,
  })),
});

export const clusterOf = (run: MachinesRun, index: ClusterIndex): Cluster =>
  present(run.settings.clusters[index], "a cluster's index lies within the settings", { index });
export const clusterMachines = (run: MachinesRun, index: ClusterIndex): ClusterMachines =>
  present(run.machines.clusters[index], "a cluster's index lies within the settings", { index });
export const machineOf = (run: MachinesRun, id: MachineId): Machine =>
  present(run.machines.live.get(id), "the machine may exist", { id });

/** May it be given a task now? */
export const takesTasks = (machine: Machine): boolean =>
  machine.state === "ready" && machine.silentSince === undefined && machine.credit > 0;

/** A machine that has not been heard from for less than this may be back at once, as all are after a resume. */
const BACK_WITHIN = minutes(1);

/** When the next machine has been silent for too long to be waited for; absent when none is waited for. */
export function backBy(run: MachinesRun): Instant | undefined {
  let next: Instant | undefined;
  for (const { silentSince } of run.machines.live.values()) {
    if (silentSince === undefined) continue;
    const until = after(silentSince, BACK_WITHIN);
    if (until > run.at) next = next === undefined ? until : earlier(next, until);
  }
  return next;
}

/**
 * Is it worth waiting before plans are made? No plan can count on a silent machine: in a moment it is there or
 * gone. Where all are silent there is nothing to plan with until one is heard, or its lease is over.
 */
export function someComeBack(run: MachinesRun): boolean {
  const live = [...run.machines.live.values()];
  const allSilent = live.length > 0 && live.every(({ silentSince }) => silentSince !== undefined);
  return allSilent || backBy(run) !== undefined;
}

/** Machines at most, after what the cluster has shown it can deliver. */
export function mostNow(run: MachinesRun, index: ClusterIndex): number {
  const { limit } = clusterMachines(run, index);
  const { most } = clusterOf(run, index);
  return limit !== undefined && run.at < limit.until ? Math.min(most, limit.most) : most;
}

/** Mean time from request to hello as seen in this run, or what the cluster is expected to need. */
export function bootOf(run: MachinesRun, index: ClusterIndex): Duration {
  const { bootSum, bootSeen } = clusterMachines(run, index);
  return bootSeen === 0 ? clusterOf(run, index).bootExpected : (Math.round(bootSum / bootSeen) as Duration);
}
