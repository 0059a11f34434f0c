/**
 * Tasks are left and no machine is there, whatever the plan says: the cheapest machines that can still end a
 * task are rented with what is free. Otherwise nothing is left to do but to stop.
 */
import { timesLonger } from "@stint/shared/units.js";
import { expectedFull } from "../estimate/expect.js";
import { bootOf, clusterOf, mostNow } from "../machines/machines.js";
import type { RentMachine } from "../machines/records.js";
import { freeMoney } from "../money/ledger.js";
import { charge } from "../money/tariff.js";
import type { OfferRun } from "../offer/offer-state.js";
import { rentMany } from "../sample/plan-sample.js";
import type { ClusterIndex } from "../vocabulary/configuration.js";
import { buysATask } from "./reconcile.js";

export function spendTheRest(run: OfferRun): RentMachine[] {
  const { waiting } = run.attempts.count;
  if (waiting === 0 || run.machines.live.size > 0) return [];
  if (run.settings.whenShort === "finish-paid") return [];
  const free = freeMoney(run.money);
  const [best] = run.settings.clusters
    .map((_, index) => index)
    .filter((index) => mostNow(run, index) > 0 && buysATask(run, index, free))
    .sort((a, b) => costPerTask(run, a) - costPerTask(run, b) || a - b);
  if (best === undefined) return [];
  return rentMany(run, best, countOf(run, best, free), {
    kind: "spend-the-rest",
    free: free ?? null,
    waiting,
  });
}

/** Price × expected runtime / slots; the price alone while nothing is known. */
export function costPerTask(run: OfferRun, cluster: ClusterIndex): number {
  const { tariff, slots } = clusterOf(run, cluster);
  return ((expectedFull(run.estimate, cluster) ?? 1) * tariff.price) / slots;
}

function countOf(run: OfferRun, cluster: ClusterIndex, free: number | undefined): number {
  const { tariff, slots } = clusterOf(run, cluster);
  const useful = Math.min(mostNow(run, cluster), Math.ceil(run.attempts.count.waiting / slots));
  if (free === undefined || tariff.price === 0) return useful;
  const expected = expectedFull(run.estimate, cluster) ?? tariff.atu;
  // Room for two tasks each: a machine that ends one and no more has paid its boot for little.
  const each = charge(
    tariff,
    (bootOf(run, cluster) + timesLonger(expected, 2) + tariff.grace) as typeof expected,
  );
  return Math.max(1, Math.min(useful, Math.floor(free / Math.max(1, each))));
}
