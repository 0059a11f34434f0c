/**
 * The least makespan that any schedule within the budget can have, if every runtime is known: a plan is held against
 * what is possible at all. Too low by what splitting tasks and parts of a unit would gain, never too high.
 */
import { longestTask, type BoundCluster, type Market } from "./market.js";
import { feasibleOnMany } from "./many-clusters.js";
import { feasibleOnTwo } from "./two-clusters.js";

/** A makespan is found to this share of it. */
const PRECISION = 1e-4;
const DOUBLINGS_MOST = 40;

/** Infinite where the budget does not buy the bag at all. */
export function leastMakespan(market: Market): number {
  if (market.seconds[0]?.length === 0) return 0;
  const feasible = feasibility(market);
  let low = longestTask(market);
  if (low === Infinity || feasible(low)) return low;
  let high = 2 * low;
  for (let doubling = 0; !feasible(high); doubling += 1) {
    if (doubling === DOUBLINGS_MOST) return Infinity;
    low = high;
    high *= 2;
  }
  while (high - low > PRECISION * low) {
    const middle = (low + high) / 2;
    if (feasible(middle)) high = middle;
    else low = middle;
  }
  return low;
}

const NOWHERE: BoundCluster = { machines: 0, slots: 1, unit: 1, cost: 1, boot: 0 };

function feasibility(market: Market): (until: number) => boolean {
  const { clusters, seconds } = market;
  if (clusters.length > 2) return feasibleOnMany(market);
  if (clusters.length === 2) return feasibleOnTwo(market);
  const never = new Float64Array(seconds[0]!.length).fill(1e12);
  return feasibleOnTwo({ ...market, clusters: [...clusters, NOWHERE], seconds: [...seconds, never] });
}
