/** What does whoever looks on from elsewhere see of offers, while a run waits for one of them to be picked? */
import type { RunView } from "../../planner/view.js";
import { commandLines } from "./command-lines.js";
import { offerTable, type OfferLook } from "./offer-table.js";
import { shellWord } from "./shell-word.js";

/** No lines unless a choice is awaited. @param folder the run's, as a person would type it */
export function offersElsewhere(
  { phase, offers, chosen, clusters }: Pick<RunView, "phase" | "offers" | "chosen" | "clusters">,
  folder: string,
  look: Omit<OfferLook, "picked">,
): string[] {
  if (phase !== "choosing" || offers === undefined || chosen !== undefined) return [];
  const run = shellWord(folder);
  const table = offerTable(
    offers,
    clusters.map(({ name }) => name),
    look,
  );
  return [
    ...table,
    ...commandLines(
      { label: "To pick one from here: ", commands: [`stint choose NAME ${run}`], joint: ";" },
      look.columns,
    ),
  ];
}
