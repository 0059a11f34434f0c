/** The parts of the live screen that are the same however wide it is: its head, its totals, and what is to be noted. */
import { formatClock, formatCount } from "@stint/shared/format.js";
import { between } from "@stint/shared/units.js";
import type { RunView } from "../../planner/view.js";
import type { Ink } from "./ink.js";
import { fitLine, flowLines, piece, spreadLine, type Piece } from "./pieces.js";
import { printable, wrapWords } from "./printable.js";
import { isPaused, phaseWords, totalWords, type TotalWord } from "./run-words.js";
import { shellWord } from "./shell-word.js";

export interface ScreenLook {
  readonly ink: Ink;
  /** Lines for clusters, the line that sums up the quiet ones included. */
  readonly clustersMost: number;
  /** Of the terminal; absent: as many as it takes. */
  readonly rows?: number;
  /** The run's folder as a person would type it, for the command that lets a paused run go on. */
  readonly folder?: string;
  /** That the run is only imagined, in words. */
  readonly imagined?: string;
}

/** Which run it is, where it stands and for how long it has gone on; above it that it is imagined, where it is. */
export const headLines = (view: RunView, cells: number, { ink, imagined }: ScreenLook): string[] => [
  ...(imagined === undefined ? [] : [fitLine([piece(imagined, ink.careful)], cells)]),
  spreadLine(
    [piece(view.name, ink.strong), piece(" · "), piece(phaseWords(view), ink.active)],
    [piece(formatClock(between(view.beganAt, view.at)), ink.faint)],
    cells,
  ),
];

export const totalLines = (view: RunView, cells: number, ink: Ink): string[] =>
  flowLines(
    totalWords(view).map((word) => wordPieces(word, ink)),
    cells,
  );

function wordPieces({ amount, rest, tone }: TotalWord, ink: Ink): Piece[] {
  const paint = tone === "bad" ? ink.bad : ink.strong;
  return [piece(amount, paint), piece(rest)];
}

/** Why nothing runs, and who is silent. */
export function noteLines(view: RunView, cells: number, { ink, folder }: ScreenLook): string[] {
  const lines: string[] = [];
  if (isPaused(view) && folder !== undefined) {
    lines.push(fitLine([piece(`to go on: stint resume ${shellWord(folder)}`, ink.careful)], cells));
  } else if (view.waitingFor !== undefined) {
    lines.push(...wrapWords(`nothing runs: ${printable(view.waitingFor)}`, cells, 2).map(ink.careful));
  }
  if (view.machinesSilent.length > 0) lines.push(fitLine([piece(silentWords(view), ink.careful)], cells));
  return lines;
}

const SILENT_NAMES = 3;

function silentWords({ machinesSilent }: RunView): string {
  const named = machinesSilent.slice(0, SILENT_NAMES).join(", ");
  const others = machinesSilent.length - SILENT_NAMES;
  return `not heard from: ${named}${others > 0 ? ` and ${formatCount(others)} more` : ""}`;
}

/** When it was decided, then what and why, in at most so many lines. */
export function decisionLines(
  { at, text }: NonNullable<RunView["lastDecision"]>,
  { beganAt }: Pick<RunView, "beganAt">,
  cells: number,
  linesMost: number,
): string[] {
  const age = formatClock(between(beganAt, at));
  const indent = " ".repeat(age.length);
  const lines = wrapWords(printable(text), cells - age.length - 2, linesMost);
  return lines.map((line, index) => `${index === 0 ? age : indent}  ${line}`);
}
