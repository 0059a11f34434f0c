/**
 * The bounded covering knapsack: the cheapest whole numbers of machines that yield at least what is needed.
 * On plain integers, so that an answer can be checked: every result is re-checked and re-priced here.
 */
import { invariant } from "@stint/shared/invariant.js";
import type { Item } from "./covering-item.js";
import { searchCovering } from "./covering-search.js";

export interface Covering {
  readonly counts: readonly number[];
  readonly cost: number;
  /** No cheaper covering exists; else it is only the best that was found. */
  readonly proven: boolean;
  /** No covering costs less than this; the cost itself where that is proven. */
  readonly atLeast: number;
}

/** States that may be looked at to come within {@link ROUGHLY} of the least, and from there to the least. */
const EFFORT = 200_000;
/** States after which it is better to come near the least first. */
const QUICK = 2_000;
/** A gain that no forecast could tell from chance. */
const ROUGHLY = 0.0001;

/** Undefined when all there is does not yield enough. */
export function solveCovering(items: readonly Item[], need: number): Covering | undefined {
  if (need <= 0) return { counts: items.map(() => 0), cost: 0, proven: true, atLeast: 0 };
  const useful = [...items.keys()].filter((place) => isUseful(items[place]));
  const perYield = (place: number): number => (items[place]?.cost ?? 0) / (items[place]?.yield ?? 1);
  useful.sort((a, b) => perYield(a) - perYield(b) || a - b);
  const sorted = useful.map((place): Item => atMost(items[place] as Item, need));
  if (sorted.reduce((sum, item) => sum + item.yield * item.most, 0) < need) return undefined;
  const { counts, ...answer } = solveSorted(sorted, need);
  const found = items.map(() => 0);
  useful.forEach((place, index) => (found[place] = counts[index] ?? 0));
  invariant(covers(items, need, found) && costOf(items, found) === answer.cost, "a covering covers", {
    need,
  });
  return { counts: found, ...answer };
}

const isUseful = (item: Item | undefined): boolean => item !== undefined && item.yield > 0 && item.most > 0;

/** More than cover the need alone are of no use. */
const atMost = (item: Item, need: number): Item => ({
  ...item,
  most: Math.min(item.most, Math.ceil(need / item.yield)),
});

/**
 * At once where that is quick, as for the few kinds that most people have; else twice: for an answer near the least,
 * then, starting from it, for the least itself.
 */
function solveSorted(items: readonly Item[], need: number): Covering {
  const greedy = trimmed(items, need, greedyCover(items, need));
  const quickly = improved(items, need, { counts: greedy, tolerance: 0, effort: QUICK });
  if (quickly.complete) {
    const least = costOf(items, quickly.counts);
    return { counts: quickly.counts, cost: least, proven: true, atLeast: least };
  }
  const roughly = improved(items, need, { counts: greedy, tolerance: ROUGHLY, effort: EFFORT });
  const exactly = improved(items, need, { counts: roughly.counts, tolerance: 0, effort: EFFORT });
  const cost = costOf(items, exactly.counts);
  if (exactly.complete) return { counts: exactly.counts, cost, proven: true, atLeast: cost };
  const linear = Math.ceil(linearCost(items, need) * (1 - 1e-12));
  const near = roughly.complete ? Math.floor(costOf(items, roughly.counts) * (1 - ROUGHLY)) : 0;
  const atLeast = Math.min(cost, Math.max(linear, near));
  return { counts: exactly.counts, cost, proven: atLeast === cost, atLeast };
}

interface Attempt {
  readonly counts: readonly number[];
  readonly tolerance: number;
  readonly effort: number;
}

function improved(
  items: readonly Item[],
  need: number,
  { counts, tolerance, effort }: Attempt,
): { readonly counts: readonly number[]; readonly complete: boolean } {
  const known = { best: costOf(items, counts), tolerance, effort };
  const found = searchCovering(items, need, known);
  return { counts: found.counts ?? counts, complete: found.complete };
}

/** What fractions of machines would cost, best value for the money first. */
function linearCost(items: readonly Item[], need: number): number {
  let [left, cost] = [need, 0];
  for (const item of items) {
    const count = Math.min(item.most, left / item.yield);
    cost += count * item.cost;
    left -= count * item.yield;
    if (count < item.most) break;
  }
  return cost;
}

/** Best yield for the money first, as many as are needed. */
function greedyCover(items: readonly Item[], need: number): number[] {
  let left = need;
  return items.map((item) => {
    const count = Math.max(0, Math.min(item.most, Math.ceil(left / item.yield)));
    left -= count * item.yield;
    return count;
  });
}

/** Takes away whatever is not needed, dearest first. */
function trimmed(items: readonly Item[], need: number, counts: readonly number[]): number[] {
  const kept = [...counts];
  const order = items.map((_, index) => index).sort((a, b) => (items[b]?.cost ?? 0) - (items[a]?.cost ?? 0));
  let spare = kept.reduce((sum, count, index) => sum + count * (items[index]?.yield ?? 0), 0) - need;
  for (const index of order) {
    const item = items[index] as Item;
    const drop = Math.min(kept[index] ?? 0, Math.floor(spare / item.yield));
    kept[index] = (kept[index] ?? 0) - drop;
    spare -= drop * item.yield;
  }
  return kept;
}

const covers = (items: readonly Item[], need: number, counts: readonly number[]): boolean =>
  counts.every(
    (count, index) => Number.isSafeInteger(count) && count >= 0 && count <= (items[index]?.most ?? 0),
  ) && counts.reduce((sum, count, index) => sum + count * (items[index]?.yield ?? 0), 0) >= need;

const costOf = (items: readonly Item[], counts: readonly number[]): number =>
  counts.reduce((sum, count, index) => sum + count * (items[index]?.cost ?? 0), 0);
