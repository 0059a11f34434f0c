/**
 * Tasks are left and no machine is there, whatever the plan says: the cheapest machines that can still end a
 * task are rented with what is free. Otherwise nothing is left to do but to stop.
 */
import { expectedFull } from "../estimate/expect.js";
import { clusterOf, mostNow } from "../machines/machines.js";
import type { RentMachine } from "../machines/records.js";
import { freeMoney } from "../money/ledger.js";
import type { OfferRun } from "../offer/offer-state.js";
import { rentMany } from "../sample/plan-sample.js";
import type { ClusterIndex } from "../vocabulary/configuration.js";
import { affordableMachines } from "./reconcile.js";

export function spendTheRest(run: OfferRun): RentMachine[] {
  const { waiting } = run.attempts.count;
  if (waiting === 0 || run.machines.live.size > 0) return [];
  if (run.money.short && run.settings.whenShort === "finish-paid") return [];
  const [best] = run.settings.clusters
    .map((_, index) => index)
    .filter((index) => mostNow(run, index) > 0 && affordableMachines(run, index) > 0)
    .sort((a, b) => costPerTask(run, a) - costPerTask(run, b) || a - b);
  if (best === undefined) return [];
  const useful = Math.min(mostNow(run, best), Math.ceil(waiting / clusterOf(run, best).slots));
  // Room for two tasks each: a machine that ends one and no more has paid its boot for little.
  const count = Math.min(useful, Math.max(1, affordableMachines(run, best, 2)));
  return rentMany(run, best, count, {
    kind: "spend-the-rest",
    free: freeMoney(run.money) ?? null,
    waiting,
  });
}

/**
 * Price × expected runtime / slots. A cluster of which nothing is known is taken to be as slow as the slowest; the
 * price alone counts while nothing is known of any.
 */
export function costPerTask(run: OfferRun, cluster: ClusterIndex): number {
  const { tariff, slots } = clusterOf(run, cluster);
  const means = run.settings.clusters.flatMap((_, index) => expectedFull(run.estimate, index) ?? []);
  const runtime = expectedFull(run.estimate, cluster) ?? Math.max(1, ...means);
  return (runtime * tariff.price) / slots;
}
