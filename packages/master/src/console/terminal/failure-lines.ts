/** Tasks that failed, in their own words: what was run, how it ended, the last lines of what it said; and which they are. */
import { formatCount } from "@stint/shared/format.js";
import { cellsFor, cutTo, foldWords, printable, wrapWords } from "./printable.js";

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
const FAILED_LINES = 3;

/** Tasks that were given up: the numbers of the first ones, and how many there are. */
export interface FailedTasks {
  readonly numbers: readonly number[];
  readonly count: number;
}

/** Begins with an empty line; no lines when there is nothing to show. */
export function failureLines(
  failures: readonly ShownFailure[],
  { failed, quarantined }: { readonly failed: FailedTasks; readonly quarantined: FailedTasks },
  columns: number,
): string[] {
  const cells = cellsFor(columns);
  return [
    ...(failures.length === 0 ? [] : ["", "What the first tasks that failed said:"]),
    ...failures.flatMap((one) => linesOf(one, cells)),
    ...givenUpLines("Failed for good", failed, cells),
    ...givenUpLines("In quarantine, as machine after machine went away with it", quarantined, cells),
  ];
}

const givenUpLines = (what: string, tasks: FailedTasks, cells: number): string[] =>
  tasks.count === 0 ? [] : ["", ...wrapWords(`${what}: ${namesOf(tasks)}`, cells, FAILED_LINES)];

function namesOf({ numbers, count }: FailedTasks): string {
  const more = count - numbers.length;
  const named = numbers.map(formatCount).join(", ");
  return `${count === 1 ? "task" : "tasks"} ${named}${more > 0 ? ` and ${formatCount(more)} more` : ""}.`;
}

function linesOf({ number, command, how, said }: ShownFailure, cells: number): string[] {
  const head = headOf(`task ${formatCount(number)}, ${how}:`, command, cells);
  const words = said.split(/\r?\n/u).filter((line) => line.trim() !== "");
  const shown = words.length === 0 ? ["(nothing)"] : words.slice(-LINES_MOST);
  const inside = [...(head.length > 1 ? [command] : []), ...shown].map((line) => `    ${line}`);
  return [...head, ...inside.map((line) => cutTo(printable(line), cells))];
}

/** How it ended may say what to do, and is told whole; the command stands beside it where there is room. */
function headOf(ended: string, command: string, cells: number): string[] {
  const lines = foldWords(printable(ended), cells - INDENT.length).map((line) => INDENT + line);
  return lines.length > 1 ? lines : [cutTo(`${lines.join("")} ${printable(command)}`, cells)];
}

const INDENT = "  ";
