/** The four offers, picked from the frontier; all inside the budget, or marked as risky, or none. */
import type { Offer, Plan } from "./records.js";
import type { OfferName } from "../vocabulary/settings.js";

/** An offer is inside the budget when it ends there with this probability. */
export const SURE = 0.9;
/** If no plan is sure, those at least as likely as not are offered, marked. */
const RISKY = 0.5;
/** The cheapest is the fastest within this share of the least cost. */
const NEARLY_CHEAPEST = 1.02;

export interface FourInput {
  /** Undominated, rising in cost. */
  readonly frontier: readonly Plan[];
  readonly budget: number | undefined;
}

/** Empty when not even a risky plan exists. */
export function fourOffers({ frontier, budget }: FourInput): Offer[] {
  const sure = frontier.filter((plan) => plan.pWithinBudget >= SURE);
  const eligible = sure.length > 0 ? sure : frontier.filter((plan) => plan.pWithinBudget >= RISKY);
  const [first] = eligible;
  const fastest = fastestOf(eligible);
  if (first === undefined || fastest === undefined) return [];
  const least = Math.min(...eligible.map(({ cost }) => cost.p50));
  const cheapest = fastestWithin(eligible, least * NEARLY_CHEAPEST) ?? first;
  // Where the cheapest costs nothing, twenty per cent more of it is nothing too: a share of the budget instead.
  const plusLimit =
    cheapest.cost.p50 > 0 ? cheapest.cost.p50 * 1.2 : (budget ?? Number.MAX_SAFE_INTEGER) * 0.2;
  const plus = fastestWithin(eligible, plusLimit) ?? cheapest;
  const minus = fastestWithin(eligible, Math.max(fastest.cost.p50 * 0.8, cheapest.cost.p50)) ?? cheapest;
  return named([
    ["cheapest", cheapest],
    ["cheapest+20", plus],
    ["fastest-20", minus],
    ["fastest", fastest],
  ]);
}

const fastestOf = (plans: readonly Plan[]): Plan | undefined =>
  plans.reduce<Plan | undefined>(
    (best, plan) => (best === undefined || plan.time.p50 < best.time.p50 ? plan : best),
    undefined,
  );

const fastestWithin = (plans: readonly Plan[], cost: number): Plan | undefined =>
  fastestOf(plans.filter((plan) => plan.cost.p50 <= cost));

function named(picks: readonly (readonly [OfferName, Plan])[]): Offer[] {
  return picks.map(([name, plan], index): Offer => {
    const same = picks.slice(0, index).find(([, other]) => other === plan);
    return {
      name,
      ...plan,
      ...(same !== undefined && { sameAs: same[0] }),
      risky: plan.pWithinBudget < SURE,
    };
  });
}
