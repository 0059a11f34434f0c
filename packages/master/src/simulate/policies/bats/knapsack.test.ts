/** Is the knapsack's best the best there is? */
import fc from "fast-check";
import { expect, test } from "vitest";
import { knapsack, type Items } from "./knapsack.js";

const kinds = fc.array(
  fc.record({
    profit: fc.integer({ min: 0, max: 20 }).map((tenths) => tenths / 10),
    weight: fc.integer({ min: 0, max: 6 }),
    most: fc.integer({ min: 0, max: 4 }),
  }),
  { minLength: 1, maxLength: 4 },
);

const sumOf = (counts: readonly number[], items: readonly Items[], by: (item: Items) => number): number =>
  items.reduce((sum, item, index) => sum + (counts[index] ?? 0) * by(item), 0);

/** Every choice there is. */
function bestByTrying(items: readonly Items[], capacity: number): number {
  let counts: number[][] = [[]];
  for (const { most } of items)
    counts = counts.flatMap((some) => Array.from({ length: most + 1 }, (_, count) => [...some, count]));
  const fitting = counts.filter((some) => sumOf(some, items, ({ weight }) => weight) <= capacity);
  return Math.max(...fitting.map((some) => sumOf(some, items, ({ profit }) => profit)));
}

test("no choice of machines within a capacity is faster than the knapsack's", () => {
  fc.assert(
    fc.property(kinds, (items) => {
      const { best, taken } = knapsack(items);
      best.forEach((profit, capacity) => {
        expect(profit).toBeCloseTo(bestByTrying(items, capacity), 9);
        const counts = taken(capacity);
        expect(sumOf(counts, items, (item) => item.profit)).toBeCloseTo(profit, 9);
        expect(sumOf(counts, items, ({ weight }) => weight)).toBeLessThanOrEqual(capacity);
        counts.forEach((count, index) => expect(count).toBeLessThanOrEqual(items[index]?.most ?? 0));
      });
    }),
  );
});
