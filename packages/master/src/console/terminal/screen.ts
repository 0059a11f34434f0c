/**
 * What does the live screen show of a run? A few lines of fixed number, whatever the size of the bag: head,
 * bar, clusters, totals, the last decision. Pure: the same view gives the same lines.
 */
import { formatClock, formatCount } from "@stint/shared/format.js";
import { between } from "@stint/shared/units.js";
import type { RunView } from "../../planner/view.js";
import { clusterLines } from "./cluster-lines.js";
import { NO_INK, type Ink } from "./ink.js";
import { fitLine, flowLines, piece, spreadLine, type Piece } from "./pieces.js";
import { cellsFor, printable, wrapWords } from "./printable.js";
import { isPaused, phaseWords, totalWords, type TotalWord } from "./run-words.js";
import { shellWord } from "./shell-word.js";

export interface ScreenLook {
  readonly ink: Ink;
  /** Lines for clusters, the line that sums up the quiet ones included. */
  readonly clustersMost: number;
  /** The run's folder as a person would type it, for the command that lets a paused run go on. */
  readonly folder?: string;
  /** That the run is only imagined, in words. */
  readonly imagined?: string;
}

const CLUSTERS_MOST = 12;
const PLAIN_LOOK: ScreenLook = { ink: NO_INK, clustersMost: CLUSTERS_MOST };
const DECISION_LINES = 2;

/** The lines of the screen, each narrower than `columns`, so that no terminal wraps one. */
export function screenLines(view: RunView, columns: number, look: ScreenLook = PLAIN_LOOK): string[] {
  const cells = cellsFor(columns);
  const { ink } = look;
  return [
    ...(look.imagined === undefined ? [] : [fitLine([piece(look.imagined, ink.careful)], cells)]),
    spreadLine(
      [piece(view.name, ink.strong), piece(" · "), piece(phaseWords(view), ink.active)],
      [piece(formatClock(between(view.beganAt, view.at)), ink.faint)],
      cells,
    ),
    barLine(view, cells, ink),
    "",
    ...clusterLines(view, cells, look),
    "",
    ...flowLines(
      totalWords(view).map((word) => wordPieces(word, ink)),
      cells,
    ),
    ...noteLines(view, cells, look),
  ];
}

function barLine({ tasks }: RunView, cells: number, ink: Ink): string {
  const share = tasks.total === 0 ? 1 : tasks.done / tasks.total;
  // Rounded down, so that 100 % means that all are done.
  const percent = `${String(Math.floor(share * 100)).padStart(4)} %`;
  const length = Math.max(4, cells - percent.length);
  const cellsFor = (count: number): number =>
    tasks.total === 0 ? 0 : Math.floor((count / tasks.total) * length);
  const [done, failed] = [tasks.total === 0 ? length : cellsFor(tasks.done), cellsFor(tasks.failed)];
  const running = Math.min(
    length - done - failed,
    Math.ceil((tasks.running / Math.max(1, tasks.total)) * length),
  );
  return fitLine(
    [
      piece("━".repeat(done), ink.good),
      piece("━".repeat(failed), ink.bad),
      piece("╌".repeat(running), ink.active),
      piece("─".repeat(length - done - failed - running), ink.faint),
      piece(percent),
    ],
    cells,
  );
}

function wordPieces({ amount, rest, tone }: TotalWord, ink: Ink): Piece[] {
  const paint = tone === "bad" ? ink.bad : ink.strong;
  return [piece(amount, paint), piece(rest)];
}

/** Why nothing runs, who is silent, and the last decision with its reason. */
function noteLines(view: RunView, cells: number, { ink, folder }: ScreenLook): string[] {
  const lines: string[] = [];
  if (isPaused(view) && folder !== undefined) {
    lines.push(fitLine([piece(`to go on: stint resume ${shellWord(folder)}`, ink.careful)], cells));
  } else if (view.waitingFor !== undefined) {
    lines.push(...wrapWords(`nothing runs: ${printable(view.waitingFor)}`, cells, 2).map(ink.careful));
  }
  if (view.machinesSilent.length > 0) lines.push(fitLine([piece(silentWords(view), ink.careful)], cells));
  if (view.lastDecision !== undefined) {
    const age = formatClock(between(view.beganAt, view.lastDecision.at));
    const indent = " ".repeat(age.length);
    const text = wrapWords(printable(view.lastDecision.text), cells - age.length - 2, DECISION_LINES);
    lines.push(...text.map((line, index) => ink.faint(`${index === 0 ? age : indent}  ${line}`)));
  }
  return lines;
}

const SILENT_NAMES = 3;

function silentWords({ machinesSilent }: RunView): string {
  const named = machinesSilent.slice(0, SILENT_NAMES).join(", ");
  const others = machinesSilent.length - SILENT_NAMES;
  return `not heard from: ${named}${others > 0 ? ` and ${formatCount(others)} more` : ""}`;
}
