/**
 * The bounded covering knapsack: the cheapest whole numbers of machines that yield at least what is needed.
 * On plain integers, so that an answer can be checked: every result is re-checked and re-priced here.
 */
import type { Item } from "./covering-item.js";
import { coverByProgram } from "./covering-program.js";

export interface Covering {
  readonly counts: readonly number[];
  readonly cost: number;
  /** No cheaper covering exists; else it is only the best that was found. */
  readonly proven: boolean;
}

/** Kinds of machines up to which the linear program answers in milliseconds whatever the prices. */
const PROGRAM_MOST = 8;

/** Undefined when all there is does not yield enough. */
export function solveCovering(items: readonly Item[], need: number): Covering | undefined {
  if (need <= 0) return { counts: items.map(() => 0), cost: 0, proven: true };
  const all = items.reduce((sum, item) => sum + item.yield * item.most, 0);
  if (all < need) return undefined;
  const greedy = trimmed(items, need, greedyCover(items, need));
  const program = coverAlike(items, need);
  if (program === undefined || !covers(items, need, program)) return priced(items, greedy, false);
  return costOf(items, program) <= costOf(items, greedy)
    ? priced(items, program, true)
    : priced(items, greedy, false);
}

/**
 * The program over kinds of which no two are nearly the same: machines that differ by some seconds of their lease
 * would let it try every way to tell them apart. Undefined where there are too many kinds for it.
 */
function coverAlike(items: readonly Item[], need: number): number[] | undefined {
  const kinds = kindsOfAlike(items);
  if (kinds.length > PROGRAM_MOST) return undefined;
  const merged = kinds.map((places) => leastOf(places.map((place) => items[place] as Item)));
  const chosen = coverByProgram(merged, need);
  if (chosen === undefined) return undefined;
  const counts = items.map(() => 0);
  kinds.forEach((places, kind) => {
    let left = chosen[kind] ?? 0;
    for (const place of places) {
      counts[place] = Math.min(left, items[place]?.most ?? 0);
      left -= counts[place];
    }
  });
  return counts;
}

/** Places of the items that are of use, those alike together, the best value for the money first. */
function kindsOfAlike(items: readonly Item[]): number[][] {
  const useful = [...items.keys()].filter(
    (place) => (items[place]?.yield ?? 0) > 0 && items[place]?.most !== 0,
  );
  useful.sort((a, b) => perYield(items, a) - perYield(items, b) || a - b);
  const kinds: number[][] = [];
  for (const place of useful) {
    const kind = kinds.find(([first]) => areAlike(items[first ?? place] as Item, items[place] as Item));
    if (kind === undefined) kinds.push([place]);
    else kind.push(place);
  }
  return kinds;
}

/** Cost and yield differ by less than this share: far below what a forecast knows. */
const ALIKE = 0.002;

const areAlike = (a: Item, b: Item): boolean =>
  Math.abs(a.cost - b.cost) <= ALIKE * a.cost && Math.abs(a.yield - b.yield) <= ALIKE * a.yield;

/** As dear as the dearest and as good as the worst of them, so that whatever is chosen covers what is needed. */
const leastOf = (alike: readonly Item[]): Item => ({
  yield: Math.min(...alike.map((item) => item.yield)),
  cost: Math.max(...alike.map((item) => item.cost)),
  most: alike.reduce((sum, item) => sum + item.most, 0),
});

/** Best yield for the money first, as many as are needed. */
function greedyCover(items: readonly Item[], need: number): number[] {
  const counts = items.map(() => 0);
  const order = items.map((_, index) => index).filter((index) => (items[index]?.yield ?? 0) > 0);
  order.sort((a, b) => perYield(items, a) - perYield(items, b) || a - b);
  let left = need;
  for (const index of order) {
    const item = items[index];
    if (item === undefined || left <= 0) break;
    counts[index] = Math.min(item.most, Math.ceil(left / item.yield));
    left -= (counts[index] ?? 0) * item.yield;
  }
  return counts;
}

/** Takes away whatever is not needed, dearest first. */
function trimmed(items: readonly Item[], need: number, counts: readonly number[]): number[] {
  const kept = [...counts];
  const order = items.map((_, index) => index).sort((a, b) => (items[b]?.cost ?? 0) - (items[a]?.cost ?? 0));
  let spare = kept.reduce((sum, count, index) => sum + count * (items[index]?.yield ?? 0), 0) - need;
  for (const index of order) {
    const item = items[index];
    if (item === undefined || item.yield <= 0) continue;
    const drop = Math.min(kept[index] ?? 0, Math.floor(spare / item.yield));
    kept[index] = (kept[index] ?? 0) - drop;
    spare -= drop * item.yield;
  }
  return kept;
}

const perYield = (items: readonly Item[], index: number): number =>
  (items[index]?.cost ?? 0) / (items[index]?.yield ?? 1);

const covers = (items: readonly Item[], need: number, counts: readonly number[]): boolean =>
  counts.every(
    (count, index) => Number.isSafeInteger(count) && count >= 0 && count <= (items[index]?.most ?? 0),
  ) && counts.reduce((sum, count, index) => sum + count * (items[index]?.yield ?? 0), 0) >= need;

const costOf = (items: readonly Item[], counts: readonly number[]): number =>
  counts.reduce((sum, count, index) => sum + count * (items[index]?.cost ?? 0), 0);

const priced = (items: readonly Item[], counts: readonly number[], proven: boolean): Covering => ({
  counts,
  cost: costOf(items, counts),
  proven,
});
