/** What the money buys when no plan ends the bag within it, and what the whole would need. */
import { microUsd } from "@stint/shared/units.js";
import { planOf, type Outlook } from "./outlook.js";
import type { Plan, Shortfall } from "./records.js";
import { SURE } from "./four.js";

/** @param frontier rising in cost; not empty */
export function shortfallOf(outlook: Outlook, frontier: readonly Plan[]): Shortfall | undefined {
  const [cheapest] = frontier;
  const { budget } = outlook.snapshot.money;
  if (cheapest === undefined || budget === undefined) return undefined;
  const done = outlook.snapshot.total - outlook.snapshot.waiting - outlook.work.running;
  const p50 = tasksWithin(outlook, cheapest, budget, (plan) => plan.cost.p50);
  const p90 = tasksWithin(outlook, cheapest, budget, (plan) => plan.cost.p90);
  return {
    tasksBought: { p50: done + outlook.work.running + p50, p90: done + outlook.work.running + p90 },
    budgetNeeded: neededFor(outlook, cheapest),
    plan: cheapest,
  };
}

/** How many of the waiting tasks this configuration ends for the money; bisection over the bag's size. */
function tasksWithin(outlook: Outlook, plan: Plan, budget: number, costOf: (plan: Plan) => number): number {
  let low = 0;
  let high = Math.floor(outlook.work.waiting);
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    const smaller = planOf({ ...outlook, work: { ...outlook.work, waiting: middle } }, plan.configuration);
    if (smaller !== undefined && costOf(smaller) <= budget) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The least budget with which this plan is sure; a little over its P90, found by doubling and halving. */
function neededFor(outlook: Outlook, plan: Plan): Shortfall["budgetNeeded"] {
  const sureWith = (budget: number): boolean => {
    const snapshot = { ...outlook.snapshot, money: { ...outlook.snapshot.money, budget: microUsd(budget) } };
    return (planOf({ ...outlook, snapshot }, plan.configuration)?.pWithinBudget ?? 0) >= SURE;
  };
  let high: number = plan.cost.p90;
  while (!sureWith(high)) high = Math.ceil(high * 1.1) + 1;
  return microUsd(high);
}
