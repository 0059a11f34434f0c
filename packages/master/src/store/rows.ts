/**
 * How does an attempt or a machine read in `joblog.tsv`, `attempts.csv` and `machines.csv`? The columns are a
 * promise to other programs; unknown is empty, money and seconds have six decimals.
 */
import { constants } from "node:os";
import type { Cluster } from "@stint/shared/cluster.js";
import type { TaskId } from "@stint/shared/ids.js";
import { between, type Instant } from "@stint/shared/units.js";
import type { ClosedAttempt } from "../planner/attempts/closed.js";
import type { AttemptKind } from "../planner/attempts/records.js";
import type { ClosedMachine } from "../planner/machines/closed.js";

/** The first eight are GNU parallel's. */
export const JOBLOG_HEADER = [
  "Seq",
  "Host",
  "Starttime",
  "JobRuntime",
  "Send",
  "Receive",
  "Exitval",
  "Signal",
  "Attempt",
  "Cluster",
  "Machine",
  "CostUsd",
  "Kind",
  "Outcome",
  "Command",
].join("\t");
export const ATTEMPTS_HEADER = "task_id,attempt,kind,cluster,machine,slot,started_s,ended_s,outcome";
export const MACHINES_HEADER =
  "machine,cluster,rented_at_s,ready_at_s,released_at_s,billed_from_s,billed_to_s,price_usd_h,addons_usd,cost_usd";

export function joblogRow(closed: ClosedAttempt, cluster: Cluster, command: string): string {
  return [
    closed.task + 1,
    closed.machine,
    sixDecimals(closed.startedAt),
    sixDecimals(between(closed.startedAt, closed.endedAt)),
    0,
    closed.stdoutBytes,
    closed.exitCode ?? -1,
    signalNumber(closed.signal),
    closed.attempt,
    cluster.name,
    closed.machine,
    sixDecimals(closed.cost),
    KIND_WORDS[closed.kind],
    closed.outcome,
    escapeTabs(command),
  ].join("\t");
}

/** @param beganAt the start of the run, from which seconds count */
export function attemptsRow(
  closed: ClosedAttempt,
  cluster: Cluster,
  { id, beganAt }: { readonly id: TaskId; readonly beganAt: Instant },
): string {
  return csvRow([
    id,
    String(closed.attempt),
    KIND_WORDS[closed.kind],
    cluster.name,
    closed.machine,
    closed.slot === undefined ? "" : String(closed.slot),
    sixDecimals(between(beganAt, closed.startedAt)),
    sixDecimals(between(beganAt, closed.endedAt)),
    closed.outcome,
  ]);
}

/** A row for each price that it was billed at. @param beganAt the start of the run, from which seconds count */
export function machinesRows(closed: ClosedMachine, cluster: Cluster, beganAt: Instant): string[] {
  const since = (at: Instant | undefined): string =>
    at === undefined ? "" : sixDecimals(between(beganAt, at));
  return closed.periods.map(({ from, to, price, cost }) =>
    csvRow([
      closed.machine,
      cluster.name,
      since(closed.rentedAt),
      since(closed.readyAt),
      since(closed.releasedAt),
      since(from),
      since(to),
      sixDecimals(price),
      sixDecimals(0),
      sixDecimals(cost),
    ]),
  );
}

/** A pair is a sample that is run twice. */
export const KIND_WORDS = {
  sample: "sample",
  pair: "sample",
  run: "run",
  retry: "retry",
  replica: "replica",
} as const satisfies Readonly<Record<AttemptKind, string>>;

/** Millionths as a decimal number, exactly: micro-dollars as dollars, microseconds as seconds. */
export function sixDecimals(millionths: number): string {
  const digits = String(Math.abs(millionths)).padStart(7, "0");
  return `${millionths < 0 ? "-" : ""}${digits.slice(0, -6)}.${digits.slice(-6)}`;
}

const SIGNALS: Readonly<Record<string, number | undefined>> = constants.signals;

/** 0: none, or one that this machine has no number for. */
const signalNumber = (name: string | undefined): number =>
  name === undefined ? 0 : (SIGNALS[name] ?? SIGNALS[`SIG${name}`] ?? 0);

/** Of a number in a row; null for 0. */
export const signalName = (number: number): string | null =>
  Object.entries(SIGNALS).find(([, each]) => each === number)?.[0] ?? null;

const ESCAPES: Readonly<Record<string, string>> = { "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r" };
const escapeTabs = (text: string): string => text.replace(/[\\\t\n\r]/gu, (one) => ESCAPES[one] ?? one);

const csvRow = (fields: readonly string[]): string => fields.map(csvField).join(",");
const csvField = (field: string): string =>
  /[",\r\n]/u.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
