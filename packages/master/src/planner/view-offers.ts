/** Offers, and the frontier that they lie on, as screens and programs are shown them. */
import type { Cluster } from "@stint/shared/cluster.js";
import type { OffersView, PlanView } from "@stint/shared/api/live-view.js";
import type { MicroUsd } from "@stint/shared/units.js";
import type { Offers, Plan } from "./offer/records.js";
import { offerDocument } from "./report/summary-offer.js";
import { secondsOf, usd } from "./report/summary-words.js";
import { byName } from "./vocabulary/configuration.js";

/** @param budget for which they were computed; absent: nothing was to be kept within */
export const viewOffers = (
  offers: Offers,
  clusters: readonly Cluster[],
  budget: MicroUsd | undefined,
): OffersView => ({
  budget_usd: budget === undefined ? null : usd(budget),
  offers: offers.offers.map((offer) => offerDocument(offer, offers, clusters)),
  frontier: offers.frontier.map((plan) => planDocument(plan, clusters)),
  shortfall:
    offers.shortfall === undefined
      ? null
      : {
          tasks_bought: offers.shortfall.tasksBought,
          budget_needed_usd: usd(offers.shortfall.budgetNeeded),
        },
});

const planDocument = (plan: Plan, clusters: readonly Cluster[]): PlanView => ({
  machines: byName(plan.configuration, clusters),
  machines_later: plan.later === undefined ? null : byName(plan.later.configuration, clusters),
  time_s: { p50: secondsOf(plan.time.p50), p90: secondsOf(plan.time.p90) },
  cost_usd: { p50: usd(plan.cost.p50), p90: usd(plan.cost.p90) },
  p_within_budget: Number(plan.pWithinBudget.toFixed(4)),
});
