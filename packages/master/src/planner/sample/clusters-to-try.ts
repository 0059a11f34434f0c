/**
 * Which clusters are tried: all that the money for sampling holds, if they are a few. Of dozens of near-equal kinds
 * only some, as each that is tried costs pairs: nothing is known of their speeds yet, so those with the cheapest
 * slots are, and of those that cost the same a slot the smallest first.
 */
import { clusterOf, mostNow } from "../machines/machines.js";
import type { ClusterIndex } from "../vocabulary/configuration.js";
import type { SampleRun } from "./sample.js";
import { PAIRS_LEAST, PAIRS_SHARE } from "./size.js";
import { firstLease, samplingMoney } from "./sampling-money.js";

/** So many are tried whatever the bag. */
const FEW = 8;
/** More are not tried, however large the bag: the cheapest slots of these are hardly ever far from the best. */
const MANY = 16;

export interface Trial {
  /** In the order of the settings. */
  readonly clusters: readonly ClusterIndex[];
  /** Clusters of which not one machine fits into the money for sampling, and such that are one too many. */
  readonly tooDear: readonly ClusterIndex[];
  readonly tooMany: readonly ClusterIndex[];
}

/** @param tasks not yet ended */
export function clustersToTry(run: SampleRun, tasks: number): Trial {
  const open = byPrice(run);
  const most = Math.max(FEW, Math.min(MANY, 1 + Math.floor((PAIRS_SHARE * tasks) / PAIRS_LEAST)));
  const clusters: ClusterIndex[] = [];
  const tooDear: ClusterIndex[] = [];
  const tooMany: ClusterIndex[] = [];
  let left: number | undefined = samplingMoney(run);
  for (const cluster of open.length <= FEW ? open : byPromise(run, open)) {
    const cost = firstLease(run, cluster);
    if (left !== undefined && cost > left) tooDear.push(cluster);
    else if (clusters.length >= most) tooMany.push(cluster);
    else {
      clusters.push(cluster);
      if (left !== undefined) left -= cost;
    }
  }
  return { clusters: clusters.sort((a, b) => a - b), tooDear, tooMany };
}

/** Cheapest an hour first. */
export const byPrice = (run: SampleRun): ClusterIndex[] =>
  run.settings.clusters
    .map((_, index) => index)
    .filter((index) => mostNow(run, index) > 0)
    .sort((a, b) => clusterOf(run, a).tariff.price - clusterOf(run, b).tariff.price || a - b);

/** The cheapest slot first; one of each price before a second of any, since sizes of one family cost the same a slot. */
function byPromise(run: SampleRun, clusters: readonly ClusterIndex[]): ClusterIndex[] {
  const slotPrice = (cluster: ClusterIndex): number => {
    const { tariff, slots } = clusterOf(run, cluster);
    return Math.round(tariff.price / slots);
  };
  const seen = new Map<number, number>();
  // They come cheapest an hour first, so the smallest of those that cost the same a slot is the first of its price.
  const ranked = clusters.map((cluster) => {
    const price = slotPrice(cluster);
    const rank = seen.get(price) ?? 0;
    seen.set(price, rank + 1);
    return { cluster, price, rank };
  });
  return ranked.sort((a, b) => a.rank - b.rank || a.price - b.price).map(({ cluster }) => cluster);
}
