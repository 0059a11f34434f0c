/**
 * The sample started small because nobody knew whether the money is tight. As soon as every sampled cluster has
 * ended something that is roughly known: where the budget holds much more than the cheapest way costs, machines
 * that any offer would use are rented already, towards half of the budget, and the others get what their pairs need.
 */
import { between, inSeconds, NO_MONEY, type MicroUsd } from "@stint/shared/units.js";
import { runtimesOf } from "../estimate/estimate.js";
import { modelOf, type Model } from "../estimate/model.js";
import { clusterMachines, clusterOf, machineOf, mostNow } from "../machines/machines.js";
import type { RentMachine } from "../machines/records.js";
import { quantum } from "../money/tariff.js";
import type { OfferRun } from "../offer/offer-state.js";
import { rentMany } from "../sample/plan-sample.js";
import { firstLease, samplingMoney, SAMPLING_SHARE } from "../sample/sampling-money.js";
import { spreadAtMost, Z90 } from "../stats/normal.js";
import type { ClusterIndex } from "../vocabulary/configuration.js";

/** The budget must hold this many times the cheapest cost, at the P90 of the mean. */
const ROOM = 1.3;
/** Clusters this much dearer a task than the best get no more machines than their pairs need: no offer may want them. */
const NEARLY_BEST = 1.25;

/** Clusters as good as the best, by what is known: any offer will use them, whichever of them is the best in truth. */
const AS_GOOD = 1.03;
/** As much of the budget goes to such machines before it is known how much the whole bag costs. */
const TIGHT_SHARE = 0.35;
/** And so much at most to machines that only make the sample quicker. */
const PAIRS_SHARE = 0.03;

export function growSampling(run: OfferRun): RentMachine[] {
  const { budget } = run.money;
  if (budget === undefined || run.sample.grown || run.closedAttempts.length === 0) return [];
  const model = modelOfAll(run);
  if (model === undefined) return [];
  const price = (cluster: ClusterIndex): number => pricePerTask(run, model, cluster);
  const [best, ...others] = [...run.sample.clusters].sort((a, b) => price(a) - price(b) || a - b);
  if (best === undefined) return [];
  const cheapest = price(best) * run.shape.size * meanAtMost(model, best);
  const roomy = budget >= ROOM * cheapest;
  const because = roomy
    ? { kind: "budget-holds-more", budget, cheapest: Math.round(cheapest) }
    : { kind: "best-buy", clusters: 1 + others.filter((one) => price(one) <= price(best) * AS_GOOD).length };
  const kept = roomy ? 0 : Math.floor(budget * (SAMPLING_SHARE - TIGHT_SHARE));
  let left = ((samplingMoney(run) ?? NO_MONEY) - kept) as MicroUsd;
  let forPairs = budget * PAIRS_SHARE;
  return [best, ...others].flatMap((cluster) => {
    const lease = firstLease(run, cluster);
    const near = price(cluster) <= price(best) * (roomy ? NEARLY_BEST : AS_GOOD);
    const pairs =
      !roomy || lease === 0 ? 0 : Math.min(machinesForPairs(run, cluster), Math.floor(forPairs / lease));
    const useful = near ? machinesForTheBag(run, model, cluster) : pairs;
    const count = growth(run, cluster, { useful, left });
    left = (left - count * lease) as MicroUsd;
    if (!near) forPairs -= count * lease;
    return rentMany(run, cluster, count, because);
  });
}

/**
 * Every sampled cluster has ended an attempt, and no fewer have ended than run: before that those that have ended
 * are the short ones.
 */
function modelOfAll(run: OfferRun): Model | undefined {
  const { sample, attempts } = run;
  const ended = sample.clusters.every((cluster) => (sample.endedOn.get(cluster) ?? 0) > 0);
  if (!ended || attempts.first.ended < attempts.active.size) return undefined;
  const running = [...attempts.active.values()].map((active) => ({
    cluster: machineOf(run, active.machine).cluster,
    elapsed: inSeconds(between(active.orderedAt, run.at)),
  }));
  const model = modelOf(runtimesOf(run.estimate), running);
  return sample.clusters.every((cluster) => model?.clusters[cluster] !== undefined) ? model : undefined;
}

/** The P90 of the mean, in means: few observations say little of their own spread either. */
function meanAtMost(model: Model, cluster: ClusterIndex): number {
  const { count } = model.base;
  const base = spreadAtMost(model.cv, count) / Math.sqrt(count);
  return 1 + Z90 * Math.hypot(base, model.clusters[cluster]?.link.error ?? 1);
}

/** One task on one cluster at its exact price. */
function pricePerTask(run: OfferRun, model: Model, cluster: ClusterIndex): number {
  const { tariff, slots } = clusterOf(run, cluster);
  return (((model.clusters[cluster]?.mean ?? 0) / 3600) * tariff.price) / slots;
}

/** No more than have something to do until their first lease ends. */
function machinesForTheBag(run: OfferRun, model: Model, cluster: ClusterIndex): number {
  const { tariff, slots } = clusterOf(run, cluster);
  const { waiting } = run.attempts.count;
  const lease = inSeconds(quantum(tariff, run.money.budget));
  const mean = model.clusters[cluster]?.mean ?? lease;
  const { live } = clusterMachines(run, cluster);
  return Math.ceil((waiting / slots) * Math.min(1, mean / lease)) - live;
}

/** What a cluster has still to run before offers can be made, all at once. */
function machinesForPairs(run: OfferRun, cluster: ClusterIndex): number {
  const { sample } = run;
  const pairs = (sample.pairsWaiting.get(cluster) ?? []).length;
  const unseen =
    sample.perCluster - (sample.endedOn.get(cluster) ?? 0) - (sample.pairsRunning.get(cluster) ?? 0);
  return Math.ceil(Math.max(pairs, unseen) / clusterOf(run, cluster).slots);
}

function growth(
  run: OfferRun,
  cluster: ClusterIndex,
  { useful, left }: { readonly useful: number; readonly left: MicroUsd },
): number {
  const room = mostNow(run, cluster) - clusterMachines(run, cluster).live;
  const lease = firstLease(run, cluster);
  const affordable = lease === 0 ? room : Math.floor(left / lease);
  return Math.max(0, Math.min(useful, room, affordable));
}
