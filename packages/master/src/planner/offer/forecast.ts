/**
 * How long a fleet needs for what is left, and what that costs, as distributions. The bulk in renewal form (Cox,
 * 1962): by time t a slot has started t/T + (1 + cv²)/2 tasks, so the queue is empty at t_q; the end of the bag
 * is the longest of the residual lives that are then running. Uncertain means widen both.
 */
import { seconds, type Duration } from "@stint/shared/units.js";
import { halfLife, overrun, type Model } from "../estimate/model.js";
import { Z90 } from "../stats/normal.js";
import { costForecast, type CostForecast } from "./cost-forecast.js";
import type { Group } from "./group.js";
import { lastResidual } from "./last-lives.js";
import type { Spread } from "./records.js";

export interface Work {
  /** Tasks that wait, failed attempts to come included. */
  readonly waiting: number;
  /** Tasks that run now. */
  readonly running: number;
  /** When the last of these ends. */
  readonly lastRunning: Spread<number>;
  /** In the tail copies may race them. */
  readonly copies: boolean;
}

/** A P90 is worked out when it is asked for: most plans are dropped for their middle values. */
export interface Forecast extends CostForecast {
  /** Seconds until the last task waiting has been started. */
  readonly queueEmpty: number;
  readonly time: Spread<Duration>;
}

/**
 * Standard error of the form itself, in tasks of the slowest machines that work: tasks come whole, in waves, and the
 * last of them where they may. That is as much of a short bag as of a long one.
 */
const FORM_TASKS = 0.15;

/** Undefined when the fleet never gets there: nobody works, or all leave before. */
export function forecast(model: Model, fleet: readonly Group[], work: Work): Forecast | undefined {
  const queueEmpty = solveQueue(model, fleet, work.waiting);
  if (queueEmpty === undefined) return undefined;
  const busy = fleet.filter((group) => group.leavesAfter === undefined || group.leavesAfter > queueEmpty);
  const spread = queueEmpty * relativeError(model, fleet, work) * slowdown(fleet, busy, queueEmpty);
  const form = formError(busy, queueEmpty);
  const last = work.waiting > 0 ? lastResidual(model, busy, work) : work.lastRunning;
  const time50 = Math.max(queueEmpty + last.p50, work.lastRunning.p50);
  const time90 = (): number =>
    Math.max(
      time50 + Math.hypot(Z90 * smallSample(model) * spread, Z90 * form, last.p90 - last.p50),
      work.lastRunning.p90,
    );
  const cost = costForecast(model, fleet, {
    queueEmpty,
    error: smallSample(model) * Math.hypot(spread, form),
  });
  const time = {
    p50: seconds(time50),
    get p90() {
      return seconds(time90());
    },
  };
  return { queueEmpty, time, cost: cost.cost, pCostBelow: cost.pCostBelow };
}

function formError(busy: readonly Group[], queueEmpty: number): number {
  const task = busy.reduce((longest, { mean }) => Math.max(longest, mean), 0);
  return FORM_TASKS * Math.min(task, queueEmpty);
}

/** The instant at which the expected number of starts reaches what waits; bisection on a rising function. */
function solveQueue(model: Model, fleet: readonly Group[], waiting: number): number | undefined {
  if (waiting <= 0) return 0;
  const starts = (t: number): number => {
    let sum = 0;
    for (const group of fleet) sum += startsBy(model, group, t);
    return sum;
  };
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
  const slots = group.machines * group.slots;
  if (until < group.delay)
    return group.gradual && until > 0 ? slots * halfLife(model) * (until / group.delay) : 0;
  const cutOff = group.leavesAfter === undefined ? 0 : overrun(model);
  return slots * Math.max(0, (until - group.delay) / group.mean + halfLife(model) - cutOff);
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

/** What is more than was thought is done by those that are there at the end: over the whole time how many times those? */
function slowdown(fleet: readonly Group[], busy: readonly Group[], queueEmpty: number): number {
  const rate = (group: Group): number => (group.machines * group.slots) / group.mean;
  const there = (group: Group): number =>
    group.leavesAfter === undefined || queueEmpty <= 0 ? 1 : Math.min(1, group.leavesAfter / queueEmpty);
  const onAverage = fleet.reduce((sum, group) => sum + rate(group) * there(group), 0);
  const atTheEnd = busy.reduce((sum, group) => sum + rate(group), 0);
  return atTheEnd <= 0 ? 1 : Math.max(1, onAverage / atTheEnd);
}

/** Student's factor at 90 %, to first order: few observations, wider bounds. */
const smallSample = (model: Model): number => 1 + (Z90 ** 2 + 1) / (4 * Math.max(1, model.base.count - 1));
