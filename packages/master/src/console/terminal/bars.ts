/** How far is a run, in tasks and in money, as a line that fills its width? */
import type { RunView } from "../../planner/view.js";
import type { Ink, Paint } from "./ink.js";
import { fitLine, piece } from "./pieces.js";

/** Tasks: done, failed, running, and those that wait. */
export function taskBar({ tasks }: RunView, cells: number, ink: Ink): string {
  const share = tasks.total === 0 ? 1 : tasks.done / tasks.total;
  const length = lengthFor(cells);
  const cellsFor = (count: number): number =>
    tasks.total === 0 ? 0 : Math.floor((count / tasks.total) * length);
  const [done, failed] = [tasks.total === 0 ? length : cellsFor(tasks.done), cellsFor(tasks.failed)];
  const running = Math.min(
    length - done - failed,
    Math.ceil((tasks.running / Math.max(1, tasks.total)) * length),
  );
  const parts: readonly Part[] = [
    { mark: "━", cells: done, paint: ink.good },
    { mark: "━", cells: failed, paint: ink.bad },
    { mark: "╌", cells: running, paint: ink.active },
  ];
  return filled(parts, share, { cells, rest: ink.faint });
}

/** The budget: spent, committed beyond that, and what is free. No line where there is no budget. */
export function moneyBar({ budget, spent, committed }: RunView, cells: number, ink: Ink): string[] {
  if (budget === undefined || budget === 0) return [];
  const length = lengthFor(cells);
  const gone = Math.min(length, Math.floor((spent / budget) * length));
  const reserved = Math.min(length - gone, Math.ceil((committed / budget) * length));
  const parts: readonly Part[] = [
    { mark: "━", cells: gone, paint: ink.careful },
    { mark: "╌", cells: reserved, paint: ink.careful },
  ];
  return [filled(parts, spent / budget, { cells, rest: ink.faint })];
}

/** How much of what it is expected to take something has taken; full when it takes longer. */
export function smallBar(share: number, cells: number): string {
  const done = Math.min(cells, Math.max(0, Math.floor(share * cells)));
  return "━".repeat(done) + "─".repeat(cells - done);
}

interface Part {
  readonly mark: string;
  readonly cells: number;
  readonly paint: Paint;
}

/** Room for ` 100 %` at the end. */
const PERCENT = 6;
const LENGTH_LEAST = 4;
const lengthFor = (cells: number): number => Math.max(LENGTH_LEAST, cells - PERCENT);

function filled(
  parts: readonly Part[],
  share: number,
  { cells, rest }: { readonly cells: number; readonly rest: Paint },
): string {
  const used = parts.reduce((sum, part) => sum + part.cells, 0);
  return fitLine(
    [
      ...parts.map((part) => piece(part.mark.repeat(part.cells), part.paint)),
      piece("─".repeat(lengthFor(cells) - used), rest),
      // Rounded down, so that 100 % means that all of it is.
      piece(`${String(Math.floor(share * 100)).padStart(PERCENT - 2)} %`),
    ],
    cells,
  );
}
