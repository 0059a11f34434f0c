/** What is said when offers are in: the table, and what goes on while a person chooses. */
import { formatDuration, formatMoney } from "@stint/shared/format.js";
import type { MicroUsd } from "@stint/shared/units.js";
import type { Offers } from "../../planner/offer/records.js";
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
    return waits ? [...table, ...meanwhile(settings, decision.offers, look)] : table;
  });
}

const LINES_MOST = 3;

/** Whoever thinks it over should know that machines are paid meanwhile, and which. */
function meanwhile(
  { clusters, wait, review }: SeenRun["settings"],
  { offers: [cheapest] }: Offers,
  { columns }: Omit<OfferLook, "picked">,
): string[] {
  const price = clusters.reduce(
    (sum, { tariff }, index) => sum + tariff.price * (cheapest?.configuration[index] ?? 0),
    0,
  );
  const cost = price === 0 ? "" : ` at ${formatMoney(price as MicroUsd)} an hour`;
  return wrapWords(
    `While you choose, for at most ${formatDuration(wait)}, the machines that cheapest uses go on with the bag${cost}; ` +
      `others stop before they make it dearer. Offers are computed anew for a pick after ${formatDuration(review)}.`,
    cellsFor(columns),
    LINES_MOST,
  );
}
