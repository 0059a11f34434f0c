/** What is said when offers are in: the table, and what goes on while a person chooses. */
import { formatDuration } from "@stint/shared/format.js";
import type { Frame } from "../../planner/records.js";
import type { SeenRun } from "./offer-question.js";
import { offerTable, type OfferLook } from "./offer-table.js";
import { cellsFor, wrapWords } from "./printable.js";

/** No lines for a frame that shows no offers. @param isAsked a person will be asked, unless one is picked already */
export function offerLines(
  { decisions }: Pick<Frame, "decisions">,
  { settings }: SeenRun,
  look: Omit<OfferLook, "picked">,
  isAsked: boolean,
): string[] {
  const accepted = decisions.find((decision) => decision.kind === "accept-offer");
  const names = settings.clusters.map(({ name }) => name);
  return decisions.flatMap((decision) => {
    if (decision.kind !== "show-offers") return [];
    const picked = accepted === undefined ? {} : { picked: accepted.offer.name };
    const table = offerTable(decision.offers, names, { ...look, ...picked });
    const waits = isAsked && accepted === undefined && table.length > 0 && settings.wait > 0;
    return waits ? [...table, ...meanwhile(settings, look)] : table;
  });
}

/** Whoever thinks it over should know that machines are paid meanwhile. */
const meanwhile = ({ wait }: SeenRun["settings"], { columns }: Omit<OfferLook, "picked">): string[] =>
  wrapWords(
    `While you choose, the machines go on with the bag, for at most ${formatDuration(wait)}.`,
    cellsFor(columns),
    2,
  );
