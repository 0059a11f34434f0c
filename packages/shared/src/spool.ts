/**
 * What does an agent's spool look like? One JSON line a batch of results as it was sent, one a batch that the
 * master has written down; the agent writes it, and who finds the agent dead reads what nobody has yet.
 */
import type { AttemptRef } from "./ids.js";
import type { AttemptEnding } from "./observation.js";

/** One attempt that is over. Instants in microseconds since the agent's machine booted. */
export interface SpooledReport extends AttemptRef {
  readonly ending: AttemptEnding;
  readonly startedBootUs: number;
  readonly endedBootUs: number;
  /** From 1. */
  readonly slot: number;
  readonly stdoutBytes: number;
  readonly stderrBytes: number;
  readonly cpuUs?: number;
  readonly peakMemoryBytes?: number;
}

export interface SpooledBatch {
  /** The number under which the batch is sent and acknowledged; they rise. */
  readonly seq: number;
  /** Which boot the instants count from. */
  readonly bootId: string;
  readonly reports: readonly SpooledReport[];
}

/** To be appended before the batch is sent; ends with a line feed. */
export const batchLine = ({ seq, bootId, reports }: SpooledBatch): string =>
  `${JSON.stringify({ seq, bootId, reports })}\n`;

/** Batches up to this number need not be kept any more; ends with a line feed. */
export const ackedLine = (acked: number): string => `${JSON.stringify({ acked })}\n`;

/**
 * The batches that no master has acknowledged, in order. A last line without its end was never sent whole and
 * is left out, as is every other line that is neither of the two.
 */
export function unacknowledged(text: string): readonly SpooledBatch[] {
  const batches = new Map<number, SpooledBatch>();
  let acked = 0;
  for (const line of text.split("\n").slice(0, -1)) {
    const read = parseLine(line);
    if (read === undefined) continue;
    if ("acked" in read) acked = Math.max(acked, read.acked);
    else batches.set(read.seq, read);
  }
  return [...batches.values()].filter(({ seq }) => seq > acked).sort((a, b) => a.seq - b.seq);
}

function parseLine(line: string): SpooledBatch | { readonly acked: number } | undefined {
  const read = parseObject(line);
  if (read === undefined) return undefined;
  const { acked, seq, bootId, reports } = read;
  if (isCount(acked)) return { acked };
  if (!isCount(seq) || typeof bootId !== "string" || !Array.isArray(reports)) return undefined;
  return reports.every(isReport) ? { seq, bootId, reports } : undefined;
}

function parseObject(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const read: unknown = JSON.parse(line);
    return isObject(read) ? read : undefined;
  } catch {
    return undefined;
  }
}

function isReport(value: unknown): value is SpooledReport {
  if (!isObject(value)) return false;
  const { task, attempt, ending, startedBootUs, endedBootUs, slot, stdoutBytes, stderrBytes } = value;
  const counts = [task, attempt, startedBootUs, endedBootUs, slot, stdoutBytes, stderrBytes];
  return (
    counts.every(isCount) &&
    [value["cpuUs"], value["peakMemoryBytes"]].every((one) => one === undefined || isCount(one)) &&
    isEnding(ending)
  );
}

function isEnding(value: unknown): value is AttemptEnding {
  if (!isObject(value)) return false;
  switch (value["kind"]) {
    case "exited":
      return isCount(value["code"]);
    case "signalled":
      return typeof value["signal"] === "string";
    case "not-started":
    case "no-output":
      return typeof value["reason"] === "string";
    case "timed-out":
    case "cancelled":
      return true;
    default:
      return false;
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

const isCount = (value: unknown): value is number =>
  typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
