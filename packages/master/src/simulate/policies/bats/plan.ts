/**
 * How does BaTS spend an amount? The dearest of the fastest plans by its fluid estimate, the tasks that such a plan
 * counts and that do not fit whole into it (delta N), and the money to do these (delta B).
 */
import type { Configuration } from "../../../planner/vocabulary/configuration.js";
import { knapsack, type Knapsack } from "./knapsack.js";
import type { PricedFleet } from "./priced-fleet.js";

export interface BatsPlan {
  readonly machines: Configuration;
  /** For how many ATUs: every machine equally long. */
  readonly atus: number;
  /** In the fleet's unit of money. */
  readonly cost: number;
}

/** What is to be done, and how fast it goes. */
export interface Work {
  readonly fleet: PricedFleet;
  readonly tasks: number;
  /** Mean minutes of a task on each cluster; infinite where nothing ran. */
  readonly means: readonly number[];
}

export const packed = ({ fleet, means }: Work): Knapsack =>
  knapsack(
    fleet.clusters.map(({ cost, most, slots }, index) => ({
      profit: slots / (means[index] ?? Infinity),
      weight: cost,
      most,
    })),
  );

/** The first feasible capacity from the top: of plans that take equally long the dearest. */
export function planWithin(work: Work, budget: number, pack: Knapsack = packed(work)): BatsPlan | undefined {
  const { fleet, tasks } = work;
  for (let capacity = pack.best.length - 1; capacity >= 0; capacity -= 1) {
    const speed = pack.best[capacity] ?? 0;
    if (speed <= 0) return undefined;
    const atus = Math.ceil(tasks / speed / fleet.atu);
    if (capacity * atus > budget) continue;
    const machines = pack.taken(capacity);
    return { machines, atus, cost: atus * costOf(fleet, machines) };
  }
  return undefined;
}

const costOf = ({ clusters }: PricedFleet, machines: Configuration): number =>
  clusters.reduce((sum, { cost }, index) => sum + cost * (machines[index] ?? 0), 0);

/** Delta N. */
export function tasksThatDoNotFit({ fleet, tasks, means }: Work, { machines, atus }: BatsPlan): number {
  const fit = fleet.clusters.reduce(
    (sum, { slots }, index) =>
      sum + (machines[index] ?? 0) * slots * Math.floor((atus * fleet.atu) / (means[index] ?? Infinity)),
    0,
  );
  return Math.max(0, tasks - fit);
}

/** Delta B: each task left buys a machine for an ATU, first where most tasks fit into one. */
export function cushionFor({ fleet, means }: Work, tasks: number): number {
  const byFit = fleet.clusters
    .map(({ cost, most }, index) => ({ cost, most, fit: Math.floor(fleet.atu / (means[index] ?? Infinity)) }))
    .sort((a, b) => b.fit - a.fit);
  let [cost, left] = [0, tasks];
  for (const cluster of byFit) {
    const machines = Math.min(left, cluster.most);
    cost += machines * cluster.cost;
    left -= machines;
  }
  return cost;
}
