/** Prices of an imagined world that change as time passes, told to the run when they do and never before. */
import { after, type Instant } from "@stint/shared/units.js";
import type { PriceChanged } from "../planner/money/records.js";
import type { ImaginedCluster, PriceAt } from "./imagined-cluster.js";

/** What is needed of a world that has prices. */
export interface Prices {
  readonly beganAt: Instant;
  plan(at: Instant, happen: () => void): void;
  deliver(event: PriceChanged): void;
}

/** To be called before anything else is planned: at one instant a new price comes first. */
export function planPrices(clusters: readonly ImaginedCluster[], world: Prices): void {
  clusters.forEach(({ prices = [] }, cluster) => planNext(world, cluster, prices, 0));
}

/** One at a time, so that a series that is longer than the run costs nothing. */
function planNext(world: Prices, cluster: number, prices: readonly PriceAt[], place: number): void {
  const next = prices[place];
  if (next === undefined) return;
  const at = after(world.beganAt, next.after);
  world.plan(at, () => {
    world.deliver({ kind: "price-changed", cluster, price: next.price, at });
    planNext(world, cluster, prices, place + 1);
  });
}
