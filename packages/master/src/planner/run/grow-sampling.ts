/**
 * The sample started small because nobody knew whether the money is tight. After the first completion on each
 * sampled cluster that is roughly known: where the budget holds much more than the cheapest way costs, machines
 * that any offer would use are rented already, towards half of the budget.
 */
import { NO_MONEY, type MicroUsd } from "@stint/shared/units.js";
import { expectedFull } from "../estimate/expect.js";
import { clusterMachines, clusterOf, mostNow } from "../machines/machines.js";
import type { RentMachine } from "../machines/records.js";
import type { OfferRun } from "../offer/offer-state.js";
import { firstLease, rentMany, samplingMoney } from "../sample/plan-sample.js";
import type { ClusterIndex } from "../vocabulary/configuration.js";
import { costPerTask } from "./spend-the-rest.js";

/** The budget must hold this many times the cheapest cost, at the P90 of the mean. */
const ROOM = 1.3;
/** One-sided 90 % of a normal error. */
const Z90 = 1.2816;
/** A coefficient of variation to be careful with while only a few tasks have ended. */
const CAREFUL_CV = 1;
/** Clusters this much dearer a task than the best are not grown: no offer may want them. */
const NEARLY_BEST = 1.25;

export function growSampling(run: OfferRun): RentMachine[] {
  const { sample, money } = run;
  if (money.budget === undefined || !justSeenAll(run)) return [];
  const seen = run.attempts.first.ended;
  const cheapest =
    Math.min(...sample.clusters.map((cluster) => bagCost(run, cluster))) *
    (1 + (Z90 * CAREFUL_CV) / Math.sqrt(seen));
  if (money.budget < ROOM * cheapest) return [];
  const best = Math.min(...sample.clusters.map((cluster) => costPerTask(run, cluster)));
  const because = { kind: "budget-holds-more", budget: money.budget, cheapest: Math.round(cheapest) };
  let left: MicroUsd = samplingMoney(run) ?? NO_MONEY;
  return sample.clusters
    .filter((cluster) => costPerTask(run, cluster) <= best * NEARLY_BEST)
    .flatMap((cluster) => {
      const count = growth(run, cluster, left);
      left = (left - count * firstLease(run, cluster)) as MicroUsd;
      return rentMany(run, cluster, count, because);
    });
}

/** Every sampled cluster has ended an attempt, and the fleet is still the one that sampling began with. */
function justSeenAll(run: OfferRun): boolean {
  const { sample } = run;
  const all = sample.clusters.every((cluster) => (sample.endedOn.get(cluster) ?? 0) > 0);
  return all && !sample.grown && run.closedAttempts.length > 0;
}

/** All work of the bag on one cluster at its exact price. */
const bagCost = (run: OfferRun, cluster: ClusterIndex): number => {
  const { tariff, slots } = clusterOf(run, cluster);
  return (
    ((expectedFull(run.estimate, cluster) ?? 0) / 3_600_000_000) * (tariff.price / slots) * run.shape.size
  );
};

function growth(run: OfferRun, cluster: ClusterIndex, left: MicroUsd): number {
  const { slots } = clusterOf(run, cluster);
  const useful = Math.ceil(run.attempts.count.waiting / slots);
  const room = mostNow(run, cluster) - clusterMachines(run, cluster).live;
  const lease = firstLease(run, cluster);
  const affordable = lease === 0 ? room : Math.floor(left / lease);
  return Math.max(0, Math.min(useful, room, affordable));
}
