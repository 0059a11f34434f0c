/**
 * What does the live screen show of a run? A few lines of fixed number, whatever the size of the bag: head,
 * bar, clusters, totals, the last decision; more where there is room. Pure: the same view gives the same lines.
 */
import type { RunView } from "../../planner/view.js";
import { taskBar } from "./bars.js";
import { clusterLines } from "./cluster-lines.js";
import { NO_INK } from "./ink.js";
import { cellsFor } from "./printable.js";
import { decisionLines, headLines, noteLines, totalLines, type ScreenLook } from "./screen-parts.js";
import { WIDE_LEAST, wideLines } from "./wide-screen.js";

const CLUSTERS_MOST = 12;
const PLAIN_LOOK: ScreenLook = { ink: NO_INK, clustersMost: CLUSTERS_MOST };
const DECISION_LINES = 2;

/** The lines of the screen, each narrower than `columns`, so that no terminal wraps one. */
export function screenLines(view: RunView, columns: number, look: ScreenLook = PLAIN_LOOK): string[] {
  if (columns >= WIDE_LEAST) return wideLines(view, columns, look);
  const cells = cellsFor(columns);
  const { ink } = look;
  return [
    ...headLines(view, cells, look),
    taskBar(view, cells, ink),
    "",
    ...clusterLines(view, cells, look),
    "",
    ...totalLines(view, cells, ink),
    ...noteLines(view, cells, look),
    ...(view.lastDecision === undefined
      ? []
      : decisionLines(view.lastDecision, view, cells, DECISION_LINES).map(ink.faint)),
  ];
}
