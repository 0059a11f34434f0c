/** What sampling may cost: a share of the budget, until somebody has picked an offer. */
import type { MicroUsd } from "@stint/shared/units.js";
import { clusterOf } from "../machines/machines.js";
import { freeMoney } from "../money/ledger.js";
import { charge, quantum } from "../money/tariff.js";
import type { ClusterIndex } from "../vocabulary/configuration.js";
import type { SampleRun } from "./sample.js";

/** No more than this share of the budget is spent before an offer is picked. */
export const SAMPLING_SHARE = 0.5;

/** What the first lease of a machine reserves. */
export const firstLease = (run: SampleRun, cluster: ClusterIndex): MicroUsd => {
  const { tariff } = clusterOf(run, cluster);
  return charge(tariff, quantum(tariff, run.money.budget));
};

/** What may still be reserved before an offer is picked; `undefined` without a budget. */
export function samplingMoney(run: SampleRun): MicroUsd | undefined {
  const { budget, billed, liable } = run.money;
  const free = freeMoney(run.money);
  if (budget === undefined || free === undefined) return undefined;
  return Math.min(free, Math.floor(budget * SAMPLING_SHARE) - billed - liable) as MicroUsd;
}

/** The money for sampling holds another machine of this cluster. */
export function samplingPays(run: SampleRun, cluster: ClusterIndex): boolean {
  const money = samplingMoney(run);
  return money === undefined || firstLease(run, cluster) <= money;
}

/**
 * The least budget of which the part that may go into sampling holds a machine. A first lease may be longer with more
 * money, but takes no more than a small share of it then.
 */
export function leastToLearn(run: SampleRun): MicroUsd {
  const least = Math.min(...run.settings.clusters.map((_, cluster) => firstLease(run, cluster)));
  return Math.ceil((least + run.money.billed) / SAMPLING_SHARE) as MicroUsd;
}
