/**
 * The live screen of a wide terminal: clusters with more of their figures, beside them what runs longest, below both
 * the last decisions, as many as there are rows for. Of the same view as the narrow one.
 */
import type { RunView } from "../../planner/view.js";
import { moneyBar, taskBar } from "./bars.js";
import { clusterLines } from "./cluster-lines.js";
import { NO_INK, type Ink } from "./ink.js";
import { fitLine, piece } from "./pieces.js";
import { widthOf } from "./printable.js";
import { runningLines } from "./running-lines.js";
import { costsMoney } from "./run-words.js";
import { decisionLines, headLines, noteLines, totalLines, type ScreenLook } from "./screen-parts.js";

/** From so many columns on. */
export const WIDE_LEAST = 140;
const WIDTH_MOST = 240;
const GAP = 4;
/** Of the cells, for clusters; what runs has the rest. */
const CLUSTERS_SHARE = 0.55;
const ROWS = 24;
/** What runs takes no more lines than this, its head included. */
const RUNNING_LINES = { least: 7, most: 21 } as const;
const DECISIONS_MOST = 16;
const LABEL = "tasks ".length;

export function wideLines(view: RunView, columns: number, look: ScreenLook): string[] {
  const cells = Math.min(WIDTH_MOST, columns - 1);
  const { ink, rows = ROWS } = look;
  const head = [...headLines(view, cells, look), ...barLines(view, cells, ink), ""];
  const leftCells = Math.floor(cells * CLUSTERS_SHARE);
  const left = leftPane(view, leftCells, look);
  // The cursor has a line of its own below.
  const room = rows - head.length - 1;
  const forRunning = Math.min(RUNNING_LINES.most, Math.max(RUNNING_LINES.least, Math.floor(room * 0.6)));
  const right = runningLines(view, {
    cells: cells - leftCells - GAP,
    lines: Math.max(left.length, forRunning),
    ink,
  });
  const body = Array.from({ length: Math.max(left.length, right.length) }, (_, index) => {
    const line = left[index] ?? { text: "", width: 0 };
    const beside = right[index] ?? "";
    return beside === "" ? line.text : line.text + " ".repeat(leftCells + GAP - line.width) + beside;
  });
  return [...head, ...body, ...decided(view, { cells, room: room - body.length, ink })];
}

function barLines(view: RunView, cells: number, ink: Ink): string[] {
  const tasks = taskBar(view, cells - LABEL, ink);
  if (!costsMoney(view)) return [`tasks ${tasks}`];
  return [`tasks ${tasks}`, ...moneyBar(view, cells - LABEL, ink).map((line) => `money ${line}`)];
}

interface Measured {
  readonly text: string;
  /** Without its colours. */
  readonly width: number;
}

/** Laid out once for its widths and once for its colours: paint takes no room. */
function leftPane(view: RunView, cells: number, look: ScreenLook): Measured[] {
  const lines = (ink: Ink): string[] => [
    ...clusterLines(view, cells, { ...look, ink, wide: true }),
    "",
    ...totalLines(view, cells, ink),
    ...noteLines(view, cells, { ...look, ink }),
  ];
  const plain = lines(NO_INK);
  return lines(look.ink).map((text, index) => ({ text, width: widthOf(plain[index] ?? "") }));
}

/** Newest first; where they were not kept, the last one. */
function decided(
  view: RunView,
  { cells, room, ink }: { readonly cells: number; readonly room: number; readonly ink: Ink },
): string[] {
  const last = view.lastDecision === undefined ? [] : [view.lastDecision];
  const kept = view.decisions === undefined || view.decisions.length === 0 ? last : view.decisions;
  if (kept.length === 0) return [];
  // Above them an empty line and their head.
  const most = Math.max(1, Math.min(DECISIONS_MOST, room - 2));
  const lines = kept.slice(0, most).flatMap((one) => decisionLines(one, view, cells, 1));
  return [
    "",
    fitLine([piece("decided", ink.faint)], cells),
    ...lines.map((line, index) => (index === 0 ? line : ink.faint(line))),
  ];
}
