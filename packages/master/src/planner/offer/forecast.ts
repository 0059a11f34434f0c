/**
 * How long a fleet needs for what is left, and what that costs, as distributions. The bulk in renewal form (Cox,
 * 1962): by time t a slot has started t/T + (1 + cv²)/2 tasks, so the queue is empty at t_q; the end of the bag
 * is the longest of the residual lives that are then running. Uncertain means widen both.
 */
import { seconds, timesLonger, type Duration, type MicroUsd } from "@stint/shared/units.js";
import { outlives, residualShare, survivalAt } from "../estimate/distribution.js";
import { toBase, type Link } from "../estimate/link.js";
import type { Model } from "../estimate/model.js";
import { charge } from "../money/tariff.js";
import { normalShare, Z90 } from "../stats/normal.js";
import type { ClusterIndex } from "../vocabulary/configuration.js";
import type { Group } from "./group.js";
import type { Spread } from "./records.js";

export interface Work {
  /** Tasks that wait, failed attempts to come included. */
  readonly waiting: number;
  /** Tasks that run now. */
  readonly running: number;
  /** When the last of these ends. */
  readonly lastRunning: Spread<number>;
}

/** A task that runs: on which kind of machine, and for how many seconds. */
export interface Life {
  readonly link: Link;
  readonly elapsed: number;
}

export interface Forecast {
  /** Seconds until the last task waiting has been started. */
  readonly queueEmpty: number;
  readonly time: Spread<Duration>;
  /** Of the fleet's machines, from the beginning of their bills. */
  readonly cost: Spread<MicroUsd>;
  /** P(cost <= amount). */
  readonly pCostBelow: (amount: number) => number;
}

/** Undefined when the fleet never gets there: nobody works, or all leave before. */
export function forecast(model: Model, fleet: readonly Group[], work: Work): Forecast | undefined {
  const queueEmpty = solveQueue(model, fleet, work.waiting);
  if (queueEmpty === undefined) return undefined;
  const busy = fleet.filter((group) => group.leavesAfter === undefined || group.leavesAfter > queueEmpty);
  const spread = queueEmpty * relativeError(model, fleet, work);
  const last = work.waiting > 0 ? lastResidual(model, busy, work) : work.lastRunning;
  const time50 = Math.max(queueEmpty + last.p50, work.lastRunning.p50);
  const time90 = Math.max(
    time50 + Math.hypot(Z90 * smallSample(model) * spread, last.p90 - last.p50),
    work.lastRunning.p90,
  );
  const residuals = RESIDUAL_QUANTILES.map((share) => residualOf(model, fleet, share));
  const costAt = (z: number): number => costOf(fleet, Math.max(0, queueEmpty + z * spread), residuals);
  return {
    queueEmpty,
    time: { p50: seconds(time50), p90: seconds(time90) },
    cost: {
      p50: Math.round(costAt(0)) as MicroUsd,
      p90: Math.ceil(costAt(Z90 * smallSample(model))) as MicroUsd,
    },
    pCostBelow: (amount) => shareBelow(costAt, amount) / 1,
  };
}

/** The instant at which the expected number of starts reaches what waits; bisection on a rising function. */
function solveQueue(model: Model, fleet: readonly Group[], waiting: number): number | undefined {
  if (waiting <= 0) return 0;
  const starts = (t: number): number => fleet.reduce((sum, group) => sum + startsBy(model, group, t), 0);
  let high = 1;
  while (starts(high) < waiting) {
    if (high > LONGEST) return undefined;
    high *= 2;
  }
  let low = 0;
  for (let step = 0; step < 48 && high - low > 1e-6 * high; step += 1) {
    const middle = (low + high) / 2;
    if (starts(middle) >= waiting) high = middle;
    else low = middle;
  }
  return high;
}

/** A hundred years: nobody waits longer. */
const LONGEST = 3.2e9;

/** Tasks that a group has started by `t`: renewal form for each of its slots. */
export function startsBy(model: Model, group: Group, t: number): number {
  const until = group.leavesAfter === undefined ? t : Math.min(t, group.leavesAfter - group.mean);
  if (until < group.delay) return 0;
  return group.machines * group.slots * ((until - group.delay) / group.mean + (1 + model.cv ** 2) / 2);
}

/** Relative standard error of the bulk: chance over the tasks, and what is not known of the means. */
function relativeError(model: Model, fleet: readonly Group[], work: Work): number {
  const rates = fleet.map((group) => (group.machines * group.slots) / group.mean);
  const total = rates.reduce((sum, rate) => sum + rate, 0);
  const links =
    total === 0
      ? 0
      : fleet.reduce((sum, group, index) => sum + (((rates[index] ?? 0) / total) * group.link.error) ** 2, 0);
  const chance = model.cv ** 2 / Math.max(1, work.waiting);
  return Math.sqrt(chance + model.baseError ** 2 + links);
}

/** Student's factor at 90 %, to first order: few observations, wider bounds. */
const smallSample = (model: Model): number => 1 + (Z90 ** 2 + 1) / (4 * Math.max(1, model.base.count - 1));

/** Quantiles of the longest of the lives that run when the queue is empty. */
function lastResidual(model: Model, fleet: readonly Group[], work: Work): Spread<number> {
  const slots = fleet.reduce((sum, group) => sum + group.machines * group.slots, 0);
  const tasks = work.waiting + work.running;
  const used = slots === 0 ? 0 : Math.min(1, tasks / slots);
  // With no more tasks than slots each slot runs one from its beginning; else its life is found half-way.
  const share = (group: Group, x: number): number =>
    work.waiting <= slots && work.waiting > 0
      ? 1 - survivalAt(model.base, toBase(group.link, x))
      : residualShare(model.base, toBase(group.link, x));
  const below = (x: number): number =>
    Math.exp(
      fleet.reduce(
        (sum, group) =>
          sum + used * group.machines * group.slots * Math.log(Math.max(share(group, x), 1e-12)),
        0,
      ),
    );
  return { p50: quantile(below, 0.5, model), p90: quantile(below, 0.9, model) };
}

/** The longest of what is left of the tasks that run, each known to have run for so long. */
export function lastOfRunning(model: Model, lives: readonly Life[]): Spread<number> {
  const below = (x: number): number =>
    lives.reduce((product, { link, elapsed }) => {
      const [from, to] = [toBase(link, elapsed), toBase(link, elapsed + x)];
      return product * (1 - outlives(model.base, from, to - from));
    }, 1);
  return lives.length === 0
    ? { p50: 0, p90: 0 }
    : { p50: quantile(below, 0.5, model), p90: quantile(below, 0.9, model) };
}

function quantile(below: (x: number) => number, level: number, model: Model): number {
  let high = Math.max(model.base.largest, 1e-3);
  for (let step = 0; step < 40 && below(high) < level; step += 1) high *= 2;
  let low = 0;
  for (let step = 0; step < 40; step += 1) {
    const middle = (low + high) / 2;
    if (below(middle) >= level) high = middle;
    else low = middle;
  }
  return high;
}

/** A machine's end lies a residual life after the queue is empty; its bill is averaged over these. */
const RESIDUAL_QUANTILES = [0.1, 0.3, 0.5, 0.7, 0.9] as const;

/** For each group the residual life of a machine (the longest of its slots) at one quantile. */
function residualOf(model: Model, fleet: readonly Group[], level: number): readonly number[] {
  const known = new Map<ClusterIndex, number>();
  return fleet.map(({ cluster, link, slots }) => {
    const residual =
      known.get(cluster) ??
      quantile((x) => residualShare(model.base, toBase(link, x)) ** slots, level, model);
    known.set(cluster, residual);
    return residual;
  });
}

function costOf(
  fleet: readonly Group[],
  queueEmpty: number,
  residuals: readonly (readonly number[])[],
): number {
  let sum = 0;
  fleet.forEach((group, index) => {
    for (const atLevel of residuals) {
      const end = Math.max(queueEmpty, group.delay) + (atLevel[index] ?? 0);
      const kept = group.leavesAfter === undefined ? end : Math.min(end, group.leavesAfter);
      sum += (group.machines * chargeFor(group, kept)) / residuals.length;
    }
  });
  return sum;
}

/** The bill of one machine that is kept for so many more seconds. */
export const chargeFor = (group: Group, kept: number): MicroUsd =>
  charge(group.tariff, (group.billedFor + timesLonger(seconds(Math.max(0, kept)), 1)) as Duration);

/** P(cost <= amount) when cost rises with a standard normal error. */
function shareBelow(costAt: (z: number) => number, amount: number): number {
  if (costAt(-Z_MOST) > amount) return 0;
  if (costAt(Z_MOST) <= amount) return 1;
  let low = -Z_MOST;
  let high = Z_MOST;
  for (let step = 0; step < 12; step += 1) {
    const middle = (low + high) / 2;
    if (costAt(middle) <= amount) low = middle;
    else high = middle;
  }
  return normalShare(low);
}

const Z_MOST = 3;
