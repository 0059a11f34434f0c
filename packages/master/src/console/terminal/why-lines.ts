/** Why did tasks fail, and why did the run stop before its end? In the receipt, from the summary alone. */
import { formatCount } from "@stint/shared/format.js";
import { unreachable } from "@stint/shared/invariant.js";
import type { Summary, SummaryFailure } from "../../planner/report/summary.js";
import { columnLines, type Column, type Row } from "./columns.js";
import type { Ink } from "./ink.js";
import { fitLine, piece } from "./pieces.js";
import { foldWords, printable, wrapWords } from "./printable.js";

const WHY: readonly Column[] = [
  { head: "why tasks failed", align: "left", spare: 0 },
  { head: "tasks", align: "right", spare: 1 },
  { head: "first", align: "right", spare: 2 },
];

/** A line a group, the largest first. */
export function failureGroupLines(
  { failures, failures_rest: rest }: Summary,
  cells: number,
  ink: Ink,
): string[] {
  if (failures === null || failures.length === 0) return [];
  const rows = failures.map((group): Row => [
    piece(wordsOf(group)),
    piece(formatCount(group.count), ink.strong),
    piece(`task ${formatCount(group.example_task)}`, ink.faint),
  ]);
  const more =
    rest === 0
      ? []
      : [fitLine([piece(`and ${formatCount(rest)} more that failed otherwise`, ink.faint)], cells)];
  const shell = failures.some(({ last_line: line }) => line !== null && NOT_OF_SH.test(line))
    ? [IN_BASH]
    : [];
  return [
    ...columnLines(WHY, rows, cells, ink.faint),
    ...more,
    ...shell.flatMap((one) => wrapWords(one, cells, 2)),
    ...missedLines(failures, cells),
  ];
}

/** Where an output that was not written belongs: below the table, as in a row of it the end would be cut. */
function missedLines(failures: readonly SummaryFailure[], cells: number): string[] {
  const missed = failures.find(({ last_line: line }) => line !== null && MISSED.test(line));
  if (missed === undefined) return [];
  const [, name] = MISSED.exec(missed.last_line ?? "") ?? [];
  const where = name === undefined ? 'each to "$STINT_OUTPUT_DIR"/ITS-NAME' : `it to ${printable(name)}`;
  return foldWords(`A declared output is taken from $STINT_OUTPUT_DIR alone: write ${where}`, cells);
}

const MISSED = /^declared output .+ was not written(?:: write it to (.+))?$/u;

/** What sh says of words that only bash has. */
const NOT_OF_SH = new RegExp(
  [
    String.raw`(?:^|[\s:])(?:\[\[|source|pushd|popd|declare|typeset|shopt|mapfile|readarray|let|function): not found`,
    "Bad substitution",
    "Bad for loop variable",
    String.raw`Syntax error: (?:"\("|redirection) unexpected`,
  ].join("|"),
  "u",
);
const IN_BASH = "Commands are run by sh; where bash is meant ([[, source, <(…)): bash -c '…'";

function wordsOf(group: SummaryFailure): string {
  const { last_line: line } = group;
  // Where an output is to be written stands below the table; here the end of a long line is cut.
  const short = group.exit_code === 0 ? line?.replace(/: write it to .*$/u, "") : line;
  return short == null ? howOf(group) : `${howOf(group)}: ${short}`;
}

function howOf({ outcome, exit_code: code, signal }: SummaryFailure): string {
  switch (outcome) {
    case "lost":
      return "in quarantine: its machines went away";
    case "timeout":
      return "timed out";
    case "failed":
      if (signal !== null) return `ended by ${signal}`;
      if (code === 0) return "exited with 0";
      return code === null ? "not started" : `exit code ${String(code)}`;
    default:
      return unreachable(outcome);
  }
}

const BECAUSE_LINES = 2;

/** Only where tasks were left undone: otherwise the state says it all. */
export function stoppedLines({ state, tasks, ended_because: because }: Summary, cells: number): string[] {
  if (state !== "failed-tasks" || tasks.left === 0 || because === null) return [];
  return wrapWords(`stopped early: ${because}`, cells, BECAUSE_LINES);
}
