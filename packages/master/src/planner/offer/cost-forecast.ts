/**
 * What a fleet costs, as a distribution. When the queue falls empty is uncertain, and so is how much longer each
 * machine has a task then; since units are paid whole, both are worth whole units.
 */
import { addTime, NO_TIME, seconds, type MicroUsd } from "@stint/shared/units.js";
import type { Model } from "../estimate/model.js";
import { charge } from "../money/tariff.js";
import { normalShare } from "../stats/normal.js";
import type { Group } from "./group.js";
import { residualsOf } from "./last-lives.js";
import type { Spread } from "./records.js";

export interface CostForecast {
  /** Of the fleet's machines, from the beginning of their bills. */
  readonly cost: Spread<MicroUsd>;
  /** P(cost <= amount). */
  readonly pCostBelow: (amount: number) => number;
}

/** When nothing waits any more, in seconds, and the standard error of that. */
interface Queue {
  readonly queueEmpty: number;
  readonly error: number;
}

/** The bills of all machines, for one instant at which the queue may be empty. */
interface Bill {
  readonly mean: number;
  readonly deviation: number;
}

export function costForecast(
  model: Model,
  fleet: readonly Group[],
  { queueEmpty, error }: Queue,
): CostForecast {
  const lives = fleet.map((group) => residualsOf(model, group));
  const bills = LEVELS.map((z) => billOf(fleet, Math.max(0, queueEmpty + z * error), lives));
  const below = (amount: number): number =>
    bills.reduce((sum, bill) => sum + shareBelow(bill, amount), 0) / bills.length;
  const step = stepOf(fleet);
  const quantile = (level: number): number => quantileOf(bills, below, level);
  const p50 = Math.round(quantile(0.5) / step) * step;
  const p90 = Math.max(p50, Math.ceil(quantile(0.9) / step) * step);
  return { cost: { p50: p50 as MicroUsd, p90: p90 as MicroUsd }, pCostBelow: below };
}

/** Nine equally likely values of a standard normal: the medians of its ninths. */
const LEVELS = [-1.593, -0.967, -0.589, -0.282, 0, 0.282, 0.589, 0.967, 1.593] as const;

/** Machines fall idle one by one, each by its own chance: their means add up, and so do their variances. */
function billOf(fleet: readonly Group[], queueEmpty: number, lives: readonly (readonly number[])[]): Bill {
  let [mean, variance] = [0, 0];
  fleet.forEach((group, index) => {
    const charges = (lives[index] ?? []).map((life) => chargeFor(group, keptFor(group, queueEmpty, life)));
    const average = charges.reduce((sum, each) => sum + each, 0) / Math.max(1, charges.length);
    const squares = charges.reduce((sum, each) => sum + (each - average) ** 2, 0);
    mean += group.machines * average;
    variance += (group.machines * squares) / Math.max(1, charges.length);
  });
  return { mean, deviation: Math.sqrt(variance) };
}

function keptFor(group: Group, queueEmpty: number, life: number): number {
  // A machine that boots when nothing waits any more has still to boot; one that works is found half-way.
  const end = (group.gradual ? queueEmpty : Math.max(queueEmpty, group.delay)) + life;
  return group.leavesAfter === undefined ? end : Math.min(end, group.leavesAfter);
}

/** The bill of one machine that is kept for so many more seconds. */
export const chargeFor = (group: Group, kept: number): MicroUsd =>
  charge(group.tariff, addTime(group.billedFor, seconds(Math.max(0, kept))));

const shareBelow = ({ mean, deviation }: Bill, amount: number): number =>
  deviation === 0 ? Number(amount >= mean) : normalShare((amount - mean) / deviation);

function quantileOf(bills: readonly Bill[], below: (amount: number) => number, level: number): number {
  let low = Math.min(...bills.map(({ mean, deviation }) => mean - FAR * deviation));
  let high = Math.max(...bills.map(({ mean, deviation }) => mean + FAR * deviation));
  while (high - low > 0.5) {
    const middle = (low + high) / 2;
    if (below(middle) >= level) high = middle;
    else low = middle;
  }
  // No amount between two whole ones is ever paid.
  return Math.floor(high);
}

/** Standard deviations beyond which nothing that counts lies. */
const FAR = 3;

/** Bills go by whole units: the amount of which all that can be paid are multiples; one where prices have changed. */
function stepOf(fleet: readonly Group[]): number {
  let step = 0;
  for (const { tariff } of fleet) {
    if (tariff.bought !== undefined) return 1;
    step = commonDivisor(step, charge({ ...tariff, minimum: NO_TIME }, tariff.atu));
  }
  return Math.max(1, step);
}

const commonDivisor = (a: number, b: number): number => (b === 0 ? a : commonDivisor(b, a % b));
