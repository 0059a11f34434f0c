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
  /** Of the fleet's machines, from the beginning of their bills; P90 is worked out when it is asked for. */
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
  const below = (amount: number): number => {
    let sum = 0;
    for (const bill of bills) sum += shareBelow(bill, amount);
    return sum / bills.length;
  };
  const step = stepOf(fleet);
  const nearest = (amount: number): number => Math.round(amount / step) * step;
  const nextAbove = (amount: number): number => Math.ceil(amount / step) * step;
  const p50 = quantileOf(bills, (amount) => below(amount) >= 0.5, nearest);
  const cost = {
    p50: p50 as MicroUsd,
    get p90() {
      return Math.max(
        p50,
        quantileOf(bills, (amount) => below(amount) >= 0.9, nextAbove),
      ) as MicroUsd;
    },
  };
  return { cost, pCostBelow: below };
}

/** Nine equally likely values of a standard normal: the medians of its ninths. */
const LEVELS = [-1.593, -0.967, -0.589, -0.282, 0, 0.282, 0.589, 0.967, 1.593] as const;

/** Machines fall idle one by one, each by its own chance: their means add up, and so do their variances. */
function billOf(fleet: readonly Group[], queueEmpty: number, lives: readonly (readonly number[])[]): Bill {
  let [mean, variance] = [0, 0];
  for (let index = 0; index < fleet.length; index += 1) {
    const group = fleet[index] as Group;
    const rising = lives[index] ?? [];
    const chargeOf = (life: number): number => chargeFor(group, keptFor(group, queueEmpty, life));
    const [least, most] = [chargeOf(rising[0] ?? 0), chargeOf(rising.at(-1) ?? 0)];
    // Where the shortest life and the longest come to the same units, as they often do, so do those between.
    if (least === most) {
      mean += group.machines * least;
      continue;
    }
    const charges = rising.map(chargeOf);
    const average = charges.reduce((sum, each) => sum + each, 0) / charges.length;
    const squares = charges.reduce((sum, each) => sum + (each - average) ** 2, 0);
    mean += group.machines * average;
    variance += (group.machines * squares) / charges.length;
  }
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

/** The least amount that is enough, by bisection, until both ends come to the same sum that can be paid. */
function quantileOf(
  bills: readonly Bill[],
  isEnough: (amount: number) => boolean,
  payable: (amount: number) => number,
): number {
  let low = Math.min(...bills.map(({ mean, deviation }) => mean - FAR * deviation));
  let high = Math.max(...bills.map(({ mean, deviation }) => mean + FAR * deviation));
  // No amount between two whole ones is ever paid.
  const paid = (amount: number): number => payable(Math.floor(amount));
  while (high - low > 0.5 && paid(low) !== paid(high)) {
    const middle = (low + high) / 2;
    if (isEnough(middle)) high = middle;
    else low = middle;
  }
  return paid(high);
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
