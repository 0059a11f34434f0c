/**
 * Which failures are one and the same? Those that ended alike and whose last line of standard error differs in nothing
 * but numbers: a file's, a line's, a process's. The largest groups are shown, each by its first task.
 */
import type { ClosedAttempt } from "../../planner/attempts/closed.js";
import type { SummaryFailure, SummaryFailures } from "../../planner/report/summary.js";
import { endOfPiece, outputFinder, type Outputs } from "../../store/find-output.js";

const GROUPS_MOST = 10;
/** Of the end of standard error; what a longer last line begins with is not seen. */
const TAIL_BYTES = 1_024;
const LINE_CHARACTERS_MOST = 200;

/** @param failed tasks that failed, of which `known` are some or all */
export function groupFailures(known: readonly ClosedAttempt[], out: string, failed: number): SummaryFailures {
  const find = outputFinder(out);
  const groups = new Map<string, SummaryFailure>();
  for (const one of [...known].sort((a, b) => a.task - b.task)) {
    const failure = failureOf(one, find(one));
    const key = keyOf(failure);
    const group = groups.get(key);
    groups.set(key, group === undefined ? { ...failure, count: 1 } : joined(group, failure));
  }
  const failures = [...groups.values()].sort((a, b) => b.count - a.count).slice(0, GROUPS_MOST);
  const told = failures.reduce((sum, { count }) => sum + count, 0);
  return { failures, failures_rest: Math.max(0, failed - told) };
}

function failureOf(one: ClosedAttempt, { stderr }: Outputs): SummaryFailure {
  const lastLine = one.notStarted ?? one.noOutput ?? lastLineOf(stderr);
  return {
    outcome: one.outcome === "timeout" || one.outcome === "lost" ? one.outcome : "failed",
    // Only what exited with 0 is held to the outputs that its task declared.
    exit_code: one.exitCode ?? (one.noOutput === undefined ? null : 0),
    signal: one.signal ?? null,
    last_line: lastLine === "" ? null : lastLine,
    count: 0,
    example_task: one.task + 1,
  };
}

const keyOf = ({ outcome, exit_code, signal, last_line }: SummaryFailure): string =>
  JSON.stringify([outcome, exit_code, signal, unnamed(last_line)?.replace(/\d+/gu, "0")]);

/** What the first task calls its output is no name for what they all miss. */
const joined = (group: SummaryFailure, { last_line }: SummaryFailure): SummaryFailure => ({
  ...group,
  count: group.count + 1,
  last_line: last_line === group.last_line ? last_line : unnamed(group.last_line),
});

/** `declared output … was not written`; any other line as it is. */
const unnamed = (line: string | null): string | null =>
  line?.replace(/^declared output .+? was not written(?:: write it to .*)?$/u, MISSED) ?? null;
const MISSED = "declared output … was not written";

/** Empty where nothing was said, or where the task has made its own output unreadable. */
function lastLineOf(piece: Outputs["stderr"]): string {
  try {
    const lines = endOfPiece(piece, TAIL_BYTES).split(/[\r\n]+/u);
    return cut(lines.map((line) => line.trim()).findLast((line) => line !== "") ?? "");
  } catch {
    return "";
  }
}

const cut = (line: string): string =>
  line.length > LINE_CHARACTERS_MOST ? `${line.slice(0, LINE_CHARACTERS_MOST - 1)}…` : line;
