/** Answers a question for offers: the frontier, the four picks, or what the money buys instead. */
import { seconds } from "@stint/shared/units.js";
import { fourOffers } from "./four.js";
import { CALIBRATED, frontierOf } from "./frontier.js";
import { outlookOf, type Outlook } from "./outlook.js";
import type { Offers, Plan } from "./records.js";
import type { Snapshot } from "../estimate/snapshot.js";
import { shortfallOf } from "./shortfall.js";

export function computeOffers(snapshot: Snapshot): Offers {
  const outlook = outlookOf(snapshot);
  if (outlook === undefined) return { offers: [], frontier: [] };
  const frontier = frontierOf(outlook);
  const offers = fourOffers({ frontier, budget: snapshot.money.budget });
  const gain = snapshot.copiesAllowed ? {} : copiesGain(outlook, frontier);
  const { base, cv } = outlook.model;
  const common = { frontier, ...gain, learntFrom: { results: base.count, cv, calibrated: cv <= CALIBRATED } };
  if (offers.length > 0) return { offers, ...common };
  const shortfall = shortfallOf(outlook, frontier);
  return { offers, ...common, ...(shortfall !== undefined && { shortfall }) };
}

/** Copies would take most of the last residual life that lies beyond a whole runtime on the fastest cluster. */
function copiesGain(outlook: Outlook, frontier: readonly Plan[]): Pick<Offers, "copiesWouldGain"> {
  const fastest = frontier.at(-1);
  const means = outlook.model.clusters.flatMap((known) => (known === undefined ? [] : [known.mean]));
  if (fastest === undefined || means.length < 2) return {};
  const slowestMean = Math.max(...means);
  const gain = Math.max(0, slowestMean * (1 + outlook.model.cv) - 2 * Math.min(...means));
  return gain > 0 ? { copiesWouldGain: seconds(gain) } : {};
}
