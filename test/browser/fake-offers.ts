/** What the fake planner offers for a budget: a fixed frontier, of which it leaves out what is too dear. */
import type { OffersView, PlanView } from "@stint/shared/api/live-view.js";
import type { OfferWord } from "@stint/shared/api/words.js";

export const TOTAL = 4_000;

const PLANS: readonly (readonly [small: number, large: number, time: number, cost: number])[] = [
  [6, 0, 8_900, 6.9],
  [8, 0, 7_300, 7.1],
  [8, 1, 6_350, 7.6],
  [8, 2, 5_600, 8.2],
  [8, 3, 5_000, 9.1],
  [8, 4, 4_500, 9.9],
  [8, 5, 4_150, 10.8],
  [8, 6, 3_900, 11.9],
];

const planOf = ([small, large, time, cost]: (typeof PLANS)[number], budget: number): PlanView => ({
  machines: { small, large },
  machines_later: large > 4 ? { small, large: large - 2 } : null,
  time_s: { p50: time, p90: time * 1.14 },
  cost_usd: { p50: cost, p90: cost * 1.07 },
  p_within_budget: Math.max(0, Math.min(1, 0.5 + (budget - cost * 1.03) / cost)),
});

const NAMES: readonly (readonly [OfferWord, number])[] = [
  ["cheapest", 0],
  ["cheapest+20", 3],
  ["fastest-20", 4],
  ["fastest", 99],
];

export function fakeOffers(budget: number): OffersView {
  const frontier = PLANS.map((plan) => planOf(plan, budget)).filter(
    ({ cost_usd }) => cost_usd.p90 <= budget * 1.02,
  );
  const offers = NAMES.flatMap(([name, place]) => {
    const plan = frontier[Math.min(place, frontier.length - 1)];
    return plan === undefined ? [] : [{ ...plan, name, calibrated: true, same_as: null as OfferWord | null }];
  });
  const shortfall = {
    tasks_bought: { p50: Math.floor((TOTAL * budget) / 7), p90: Math.floor((TOTAL * budget) / 8) },
    budget_needed_usd: 7.4,
  };
  return { budget_usd: budget, offers, frontier, shortfall: offers.length === 0 ? shortfall : null };
}
