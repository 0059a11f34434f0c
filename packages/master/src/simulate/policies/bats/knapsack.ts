/**
 * The 0-1 knapsack of BaTS: an item is a machine, its profit the tasks it does in a minute, its weight what it costs
 * for an ATU. Answers for every capacity at once.
 */

/** So many items alike. */
export interface Items {
  readonly profit: number;
  /** A whole number. */
  readonly weight: number;
  readonly most: number;
}

export interface Knapsack {
  /** The greatest profit within each capacity, from 0 to the weight of all items. */
  readonly best: Float64Array;
  /** How many of each kind reach it. */
  readonly taken: (capacity: number) => number[];
}

export function knapsack(kinds: readonly Items[]): Knapsack {
  const all = kinds.reduce((sum, { weight, most }) => sum + weight * most, 0);
  const best = new Float64Array(all + 1);
  const counts = kinds.map((kind) => addKind(best, kind));
  return {
    best,
    taken(capacity) {
      const taken = kinds.map(() => 0);
      let left = capacity;
      for (let index = kinds.length - 1; index >= 0; index -= 1) {
        const count = counts[index]?.[left] ?? 0;
        taken[index] = count;
        left -= count * (kinds[index]?.weight ?? 0);
      }
      return taken;
    },
  };
}

/** @returns how many of this kind the best of each capacity holds, in terms of the kinds before it */
function addKind(best: Float64Array, { profit, weight, most }: Items): Uint16Array {
  const count = new Uint16Array(best.length);
  if (profit <= 0) return count;
  if (weight === 0) {
    // What costs nothing is always taken.
    count.fill(most);
    for (let capacity = 0; capacity < best.length; capacity += 1)
      best[capacity] = (best[capacity] ?? 0) + most * profit;
    return count;
  }
  for (let copy = 1; copy <= most; copy += 1) {
    for (let capacity = best.length - 1; capacity >= weight; capacity -= 1) {
      const withIt = (best[capacity - weight] ?? 0) + profit;
      if (withIt <= (best[capacity] ?? 0)) continue;
      best[capacity] = withIt;
      count[capacity] = (count[capacity - weight] ?? 0) + 1;
    }
  }
  return count;
}
