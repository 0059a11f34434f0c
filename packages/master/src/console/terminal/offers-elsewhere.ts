/** What does whoever looks on from elsewhere see of offers, while a run waits for one of them to be picked? */
import type { RunView } from "../../planner/view.js";
import { commandLines } from "./command-lines.js";
import { frontierPlot } from "./frontier-plot.js";
import { NO_INK } from "./ink.js";
import { offerTable, type OfferLook } from "./offer-table.js";
import { cellsFor, wrapWords } from "./printable.js";
import { shellWord } from "./shell-word.js";

export interface ElsewhereLook extends Omit<OfferLook, "picked"> {
  /** Of the terminal; absent where it is none. */
  readonly rows?: number;
}

/** Where the table would be pushed out of sight there is no plot. */
const PLOT = { lines: 8, cellsMost: 60, rowsLeast: 40 } as const;

/** No lines unless a choice is awaited. @param folder the run's, as a person would type it */
export function offersElsewhere(
  { phase, offers, chosen, clusters }: Pick<RunView, "phase" | "offers" | "chosen" | "clusters">,
  folder: string,
  look: ElsewhereLook,
): string[] {
  if (phase !== "choosing" || offers === undefined || chosen !== undefined) return [];
  const run = shellWord(folder);
  const table = offerTable(
    offers,
    clusters.map(({ name }) => name),
    look,
  );
  const plot = frontierPlot(offers, {
    lines: (look.rows ?? 0) < PLOT.rowsLeast ? 0 : PLOT.lines,
    cells: Math.min(PLOT.cellsMost, cellsFor(look.columns)),
    ink: look.ink ?? NO_INK,
  });
  const names = offers.offers.map(({ name }, index) => `${String(index + 1)} ${name}`).join(" · ");
  return [
    ...table,
    ...(plot.length === 0 ? [] : ["", ...plot, ...wrapWords(names, cellsFor(look.columns), 2), ""]),
    ...commandLines(
      { label: "To pick one from here: ", commands: [`stint choose NAME ${run}`], joint: ";" },
      look.columns,
    ),
  ];
}
