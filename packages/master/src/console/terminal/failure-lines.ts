/** Attempts that failed, in their own words: what was run, how it ended, and the last lines of what it said. */
import { formatCount } from "@stint/shared/format.js";
import { cellsFor, cutTo, printable } from "./printable.js";

export interface ShownFailure {
  /** The task's number, from 1. */
  readonly number: number;
  readonly command: string;
  /** `exit code 1`. */
  readonly how: string;
  /** The end of what it printed; may hold anything. */
  readonly said: string;
}

const LINES_MOST = 4;

/** Begins with an empty line; no lines when there is nothing to show. */
export function failureLines(failures: readonly ShownFailure[], columns: number): string[] {
  if (failures.length === 0) return [];
  const cells = cellsFor(columns);
  return ["", "What the first attempts that failed said:", ...failures.flatMap((one) => linesOf(one, cells))];
}

function linesOf({ number, command, how, said }: ShownFailure, cells: number): string[] {
  const head = `  task ${formatCount(number)}, ${how}: ${command}`;
  const words = said.split(/\r?\n/u).filter((line) => line.trim() !== "");
  const shown = words.length === 0 ? ["(nothing)"] : words.slice(-LINES_MOST);
  return [head, ...shown.map((line) => `    ${line}`)].map((line) => cutTo(printable(line), cells));
}
