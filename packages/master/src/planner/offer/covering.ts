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
  const useful = items.filter((item) => item.yield > 0 && item.most > 0).length;
  const program = useful <= PROGRAM_MOST ? coverByProgram(items, need) : undefined;
  if (program === undefined || !covers(items, need, program)) return priced(items, greedy, false);
  return costOf(items, program) <= costOf(items, greedy)
    ? priced(items, program, true)
    : priced(items, greedy, false);
}

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
