/** The receipt as it grows: what each cluster did, what was useful, what was wasted and on what. */
import {
  add,
  addTime,
  between,
  NO_MONEY,
  NO_TIME,
  type Duration,
  type Instant,
  type MicroUsd,
} from "@stint/shared/units.js";
import type { AttemptOutcome } from "../attempts/records.js";
import type { ClosedAttempt } from "../attempts/closed.js";
import type { ClosedMachine } from "../machines/closed.js";
import { clusterOf } from "../machines/machines.js";
import type { TailRun } from "../tail/tail-state.js";
import { WASTE_KINDS, type WasteKind } from "../vocabulary/waste.js";

export interface ClusterReport {
  /** Bills of machines that are gone. */
  billed: MicroUsd;
  atus: number;
  /** Tasks whose result came from here. */
  tasks: number;
  /** Of attempts that ended well. */
  runtimeSum: Duration;
  runtimeSeen: number;
}

export interface ReportState {
  readonly clusters: readonly ClusterReport[];
  useful: MicroUsd;
  readonly waste: Record<WasteKind, MicroUsd>;
  /** Second results of pairs: what linking the clusters cost. */
  spareInSampling: MicroUsd;
  firstRentAt: Instant | undefined;
  /** Since then, between an end and going on: nobody worked, and no time that is told counts it. */
  stood: Duration;
  /** Of it, what came before the last result. */
  stoodBeforeLast: Duration;
  lastCommitAt: Instant | undefined;
  /** The last attempt that failed by its task's own doing. */
  lastFailedAt: Instant | undefined;
  endedAt: Instant | undefined;
  /** How often the run was gone on with, after an end or without its master having seen one. */
  resumed: number;
}

export interface ReportRun extends TailRun {
  readonly report: ReportState;
}

export const newReportState = (clusters: number): ReportState => ({
  clusters: Array.from({ length: clusters }, () => ({
    billed: NO_MONEY,
    atus: 0,
    tasks: 0,
    runtimeSum: NO_TIME,
    runtimeSeen: 0,
  })),
  useful: NO_MONEY,
  waste: Object.fromEntries(WASTE_KINDS.map((kind) => [kind, NO_MONEY])) as Record<WasteKind, MicroUsd>,
  spareInSampling: NO_MONEY,
  firstRentAt: undefined,
  stood: NO_TIME,
  stoodBeforeLast: NO_TIME,
  lastCommitAt: undefined,
  lastFailedAt: undefined,
  endedAt: undefined,
  resumed: 0,
});

const WASTE_OF: Readonly<Record<Exclude<AttemptOutcome, "done">, WasteKind>> = {
  spare: "spare",
  late: "spare",
  failed: "failed",
  timeout: "failed",
  cancelled: "cancelled",
  lost: "lost",
};

/** Books what the last record closed. */
export function noteReport(run: ReportRun): void {
  for (const closed of run.closedAttempts) noteAttempt(run, closed);
  for (const closed of run.closedMachines) noteMachine(run, closed);
}

function noteAttempt(run: ReportRun, closed: ClosedAttempt): void {
  const { report } = run;
  const cluster = report.clusters[closed.cluster];
  if (closed.outcome === "done") {
    report.useful = add(report.useful, closed.cost);
    report.lastCommitAt = run.at;
    report.stoodBeforeLast = report.stood;
    if (cluster !== undefined) cluster.tasks += 1;
  } else {
    const kind = WASTE_OF[closed.outcome];
    if (kind === "failed") {
      report.lastFailedAt = run.at;
      report.stoodBeforeLast = report.stood;
    }
    report.waste[kind] = add(report.waste[kind], closed.cost);
    if (closed.kind === "pair" && closed.outcome === "spare") {
      report.spareInSampling = add(report.spareInSampling, closed.cost);
    }
  }
  if (cluster === undefined || (closed.outcome !== "done" && closed.outcome !== "spare")) return;
  cluster.runtimeSum = addTime(cluster.runtimeSum, between(closed.startedAt, closed.endedAt));
  cluster.runtimeSeen += 1;
}

function noteMachine(run: ReportRun, closed: ClosedMachine): void {
  const { report } = run;
  for (const kind of ["boot", "idle", "rounding"] as const) {
    report.waste[kind] = add(report.waste[kind], closed.waste[kind]);
  }
  const cluster = report.clusters[closed.cluster];
  if (cluster === undefined) return;
  cluster.billed = add(cluster.billed, closed.cost);
  cluster.atus += Math.round(
    between(closed.billedFrom, closed.billedTo) / clusterOf(run, closed.cluster).tariff.atu,
  );
}
