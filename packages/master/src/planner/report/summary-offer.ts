/** An offer as documents have it. */
import type { Cluster } from "@stint/shared/cluster.js";
import type { Offer, Offers } from "../offer/records.js";
import { byName } from "../vocabulary/configuration.js";
import { secondsOf, usd } from "./summary-words.js";
import type { SummaryOffer } from "./summary.js";

/** @param among which it was made */
export const offerDocument = (
  offer: Offer,
  among: Pick<Offers, "learntFrom"> | undefined,
  clusters: readonly Cluster[],
): SummaryOffer => ({
  name: offer.name,
  machines: byName(offer.configuration, clusters),
  machines_later: offer.later === undefined ? null : byName(offer.later.configuration, clusters),
  time_s: { p50: secondsOf(offer.time.p50), p90: secondsOf(offer.time.p90) },
  cost_usd: { p50: usd(offer.cost.p50), p90: usd(offer.cost.p90) },
  p_within_budget: Number(offer.pWithinBudget.toFixed(4)),
  calibrated: among?.learntFrom?.calibrated ?? false,
  same_as: offer.sameAs ?? null,
});
