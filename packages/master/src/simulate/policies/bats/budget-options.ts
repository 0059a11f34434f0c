/** The budgets that BaTS offers: each of its options is an amount of money, and picking one makes it the budget. */
import type { OfferName } from "../../../planner/vocabulary/settings.js";
import { packed, planWithin, tasksThatDoNotFit, type Work } from "./plan.js";

/** Options are raised by so much of what they start from, until every task fits whole. */
const RAISE = 0.01;
/** -20 % is raised up to -10 %. */
const SAVING_LEAST = 0.9;

export function budgetOf(option: OfferName, work: Work): number {
  const [least, most] = [leastBudget(work), fastestBudget(work)];
  switch (option) {
    case "cheapest":
      return raised(work, { from: least, by: RAISE * least, upTo: most });
    case "cheapest+20":
      return 1.2 * least;
    case "fastest-20":
      return raised(work, { from: 0.8 * most, by: RAISE * most, upTo: SAVING_LEAST * most });
    case "fastest":
      return most;
  }
}

/** One machine of the cluster that is cheapest by the task does everything. */
function leastBudget({ fleet, tasks, means }: Work): number {
  const costs = fleet.clusters.map(({ cost, slots }, index) => {
    const mean = (means[index] ?? Infinity) / slots;
    return { byTask: mean * cost, whole: Math.ceil((tasks * mean) / fleet.atu) * cost };
  });
  const usable = costs.filter(({ whole }) => Number.isFinite(whole));
  return usable.reduce((least, one) => (one.byTask < least.byTask ? one : least), {
    byTask: Infinity,
    whole: 0,
  }).whole;
}

/** All machines until everything is done. */
function fastestBudget(work: Work): number {
  const { fleet, tasks } = work;
  const pack = packed(work);
  const capacity = pack.best.length - 1;
  return capacity * Math.ceil(tasks / (pack.best[capacity] ?? 0) / fleet.atu);
}

function raised(work: Work, { from, by, upTo }: { from: number; by: number; upTo: number }): number {
  const pack = packed(work);
  let budget = from;
  while (budget < upTo && by > 0) {
    const plan = planWithin(work, budget, pack);
    if (plan !== undefined && tasksThatDoNotFit(work, plan) === 0) break;
    budget = Math.min(upTo, budget + by);
  }
  return budget;
}
