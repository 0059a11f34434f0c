/**
 * Can two clusters do the bag until an instant within the budget, if tasks may be split? Tasks go to the first in the
 * order in which they are better off there; what is left over must fit the second.
 */
import { capacity, relaxedCapacity, unitsMost, type BoundCluster, type Market } from "./market.js";

/** More units than this are not tried one by one: the gain of the next is smooth then. */
const TRIED_MOST = 5_000;

/** Given the market, answers for any instant. */
export function feasibleOnTwo({ clusters, budget, seconds: tasks }: Market): (until: number) => boolean {
  const [first, second] = clusters as [BoundCluster, BoundCluster];
  const needed = leftOver(tasks[0]!, tasks[1]!);
  return (until) => {
    const most = Math.min(unitsMost(first, until), budget / first.cost);
    const fine = most > TRIED_MOST;
    const seconds = fine ? relaxedCapacity : capacity;
    /** Slot seconds of the second cluster to spare when so many units of the first are bought. */
    const spare = (units: number): number => {
      const money = (budget - units * first.cost) / second.cost;
      const bought = Math.min(unitsMost(second, until), fine ? money : Math.floor(money + 1e-9));
      return seconds(second, until, bought) - needed(seconds(first, until, units)) + TOLERANCE;
    };
    return fine ? largestOfConcave(spare, most) >= 0 : someIsEnough(spare, Math.floor(most + 1e-9));
  };
}

/** Seconds; sums of a thousand doubles are no better. */
const TOLERANCE = 1e-6;

/** What the second must do, in slot seconds, when the first does so much of what it is relatively best at. */
function leftOver(first: Float64Array, second: Float64Array): (done: number) => number {
  const order = Array.from(first.keys()).sort((a, b) => first[a]! * second[b]! - first[b]! * second[a]!);
  const upTo = new Float64Array(order.length + 1);
  const rest = new Float64Array(order.length + 1);
  order.forEach((task, place) => (upTo[place + 1] = upTo[place]! + first[task]!));
  for (let place = order.length - 1; place >= 0; place -= 1)
    rest[place] = rest[place + 1]! + second[order[place]!]!;
  return (done) => {
    let low = 0;
    let high = order.length;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (upTo[middle]! <= done) low = middle;
      else high = middle - 1;
    }
    const task = order[low];
    if (task === undefined) return 0;
    return rest[low]! - ((done - upTo[low]!) / first[task]!) * second[task]!;
  };
}

function someIsEnough(spare: (units: number) => number, most: number): boolean {
  for (let units = 0; units <= most; units += 1) if (spare(units) >= 0) return true;
  return false;
}

const STEPS = 60;

function largestOfConcave(value: (at: number) => number, most: number): number {
  let low = 0;
  let high = most;
  for (let step = 0; step < STEPS; step += 1) {
    const left = low + (high - low) / 3;
    const right = high - (high - low) / 3;
    if (value(left) < value(right)) low = left;
    else high = right;
  }
  return Math.max(value(low), value((low + high) / 2), value(high), value(0), value(most));
}
