/**
 * The exact covering: a search from the rounded linear program outwards, one kind of machine after the other (the
 * expanding core of Pisinger, 2000, for knapsacks). A state is dropped when another yields no less for no more, or
 * when even the linear program would not make it cheaper than the best that is known. Effort is counted in states,
 * not in time: an answer must not depend on how fast a computer is.
 */
import type { Item } from "./covering-item.js";
import { CoveringStates, type Known } from "./covering-states.js";

export interface Found {
  /** Undefined when nothing cheaper than what is known was found. */
  readonly counts: readonly number[] | undefined;
  /** Every state that could be cheaper by more than the tolerance was looked at. */
  readonly complete: boolean;
}

/** @param items in rising order of cost for what they yield; each yields something */
export function searchCovering(items: readonly Item[], need: number, known: Known): Found {
  const start = roundedDown(items, need);
  const states = new CoveringStates(need - start.yield, start.cost, known);
  const complete = widen(items, start, states);
  const changes = states.changesOfBest();
  if (changes === undefined) return { counts: undefined, complete };
  const counts = [...start.counts];
  for (const { item, count } of changes) counts[item] = (counts[item] ?? 0) + count;
  return { counts, complete };
}

interface Start {
  readonly counts: readonly number[];
  /** The first kind that is not needed whole. */
  readonly middle: number;
  readonly yield: number;
  readonly cost: number;
}

/** The linear program's answer without its fraction: the best value for the money, as many as fit below the need. */
function roundedDown(items: readonly Item[], need: number): Start {
  const counts = items.map(() => 0);
  let [yielded, cost, middle] = [0, 0, 0];
  for (; middle < items.length; middle += 1) {
    const item = items[middle] as Item;
    const count = Math.min(item.most, Math.floor((need - yielded) / item.yield));
    counts[middle] = count;
    yielded += count * item.yield;
    cost += count * item.cost;
    if (count < item.most) break;
  }
  return { counts, middle: Math.min(middle, items.length - 1), yield: yielded, cost };
}

/** The kind in the middle first, then its neighbours on both sides; false when that was given up. */
function widen(items: readonly Item[], { middle, counts }: Start, states: CoveringStates): boolean {
  const ratio = (place: number): number => {
    const item = items[place];
    return item === undefined ? (place < 0 ? 0 : Infinity) : item.cost / item.yield;
  };
  const more = (place: number, cheaper: number): boolean => {
    const item = items[place] as Item;
    const bounds = { dearer: ratio(place + 1), cheaper };
    return states.step({ ...item, item: place, sign: 1, most: item.most - (counts[place] ?? 0), bounds });
  };
  const fewer = (place: number, dearer: number): boolean => {
    const item = items[place] as Item;
    const bounds = { dearer, cheaper: ratio(place - 1) };
    return states.step({ ...item, item: place, sign: -1, most: counts[place] ?? 0, bounds });
  };
  let [left, right] = [middle, middle];
  while ((left >= 0 || right < items.length) && states.isOpen()) {
    if (right < items.length && !more(right, ratio(left))) return false;
    right += 1;
    if (left >= 0 && !fewer(left, ratio(right))) return false;
    left -= 1;
  }
  return true;
}
