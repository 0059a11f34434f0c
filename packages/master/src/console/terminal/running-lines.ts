/** What runs longest: a line each, with how long it has run, of what is expected there. */
import { formatClock, formatCount, formatDuration } from "@stint/shared/format.js";
import { between } from "@stint/shared/units.js";
import type { RunView } from "../../planner/view.js";
import type { RunningView } from "../../planner/view-running.js";
import { smallBar } from "./bars.js";
import { columnLines, type Column, type Row } from "./columns.js";
import type { Ink } from "./ink.js";
import { fitLine, piece } from "./pieces.js";

const COLUMNS: readonly Column[] = [
  { head: "runs longest", align: "left", spare: 0 },
  { head: "on", align: "left", spare: 1 },
  { head: "for", align: "right", spare: 0 },
  { head: "", align: "left", spare: 2 },
  { head: "expected", align: "right", spare: 3 },
];
const BAR = 12;

export interface RunningLook {
  readonly cells: number;
  /** The head, and the line that says how many more there are, included. */
  readonly lines: number;
  readonly ink: Ink;
}

/** No lines where nothing runs, or nobody looked. */
export function runningLines(view: RunView, { cells, lines, ink }: RunningLook): string[] {
  const { running = [], tasks } = view;
  if (running.length === 0) return [];
  const all = Math.max(tasks.running, running.length);
  const shown = running.slice(0, all > lines - 1 ? lines - 2 : lines - 1);
  const rows = shown.map((one) => rowOf(one, view, ink));
  const more = all - shown.length;
  return [
    ...columnLines(COLUMNS, rows, cells, ink.faint),
    ...(more > 0 ? [fitLine([piece(`and ${formatCount(more)} more`, ink.faint)], cells)] : []),
  ];
}

function rowOf({ task, copy, machine, startedAt, expected }: RunningView, { at }: RunView, ink: Ink): Row {
  const elapsed = between(startedAt, at);
  const share = expected === undefined || expected === 0 ? undefined : elapsed / expected;
  const late = share !== undefined && share > 1;
  return [
    piece(`task ${formatCount(task + 1)}${copy ? " (copy)" : ""}`, copy ? ink.active : undefined),
    piece(machine),
    piece(formatClock(elapsed), late ? ink.careful : undefined),
    piece(share === undefined ? "" : smallBar(share, BAR), late ? ink.careful : ink.good),
    piece(expected === undefined ? "–" : formatDuration(expected), ink.faint),
  ];
}
