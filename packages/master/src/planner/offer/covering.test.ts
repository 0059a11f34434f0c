/**
 * The covering search against two oracles that share nothing with it: dynamic programming over what is yielded, and
 * trying every count. STINT_COVERINGS sets how many random configurations are looked at.
 */
import { describe, expect, test } from "vitest";
import fc from "fast-check";
import type { Item } from "./covering-item.js";
import { solveCovering } from "./covering.js";

const RANDOM = Number(process.env["STINT_COVERINGS"] ?? 300);

/** The least cost of yielding at least so much; each machine is offered once, so that there is nothing to get wrong. */
function leastCost(items: readonly Item[], need: number): number {
  const least = new Array<number>(need + 1).fill(Infinity);
  least[0] = 0;
  for (const item of items) {
    if (item.yield === 0) continue;
    for (let copy = 0; copy < item.most; copy += 1) {
      for (let covered = need; covered > 0; covered -= 1) {
        const before = least[Math.max(0, covered - item.yield)] ?? Infinity;
        least[covered] = Math.min(least[covered] ?? Infinity, before + item.cost);
      }
    }
  }
  return least[need] ?? Infinity;
}

function leastByTrying(items: readonly Item[], need: number): number {
  const [first, ...rest] = items;
  if (need <= 0) return 0;
  if (first === undefined) return Infinity;
  let least = Infinity;
  for (let count = 0; count <= first.most; count += 1)
    least = Math.min(least, count * first.cost + leastByTrying(rest, need - count * first.yield));
  return least;
}

const yields = fc.integer({ min: 1, max: 200 });
const prices = fc.record({
  rate: fc.integer({ min: 1, max: 50_000 }),
  start: fc.integer({ min: 0, max: 400_000 }),
});

/** Unlike machines; machines priced by what they yield, with and without a part that is paid for starting; nearly equal ones. */
const kinds = (length: number, most: number): fc.Arbitrary<Item[]> => {
  const some = <T>(each: fc.Arbitrary<T>): fc.Arbitrary<T[]> =>
    fc.array(each, { minLength: 1, maxLength: length });
  const count = fc.integer({ min: 0, max: most });
  const unlike = some(
    fc.record({
      yield: fc.integer({ min: 0, max: 200 }),
      cost: fc.integer({ min: 0, max: 900_000 }),
      most: count,
    }),
  );
  const priced = fc.tuple(prices, some(fc.record({ yield: yields, most: count })));
  const nearly = some(
    fc.record({
      yield: fc.integer({ min: 95, max: 100 }),
      cost: fc.integer({ min: 299_000, max: 301_000 }),
      most: count,
    }),
  );
  return fc.oneof(
    unlike,
    priced.map(([{ rate }, all]) => all.map((one): Item => ({ ...one, cost: rate * one.yield }))),
    priced.map(([{ rate, start }, all]) =>
      all.map((one): Item => ({ ...one, cost: rate * one.yield + start })),
    ),
    nearly,
  );
};

const question = (length: number, most: number): fc.Arbitrary<{ items: Item[]; need: number }> =>
  fc
    .tuple(kinds(length, most), fc.double({ min: 0, max: 1.05, noNaN: true }))
    .map(([items, share]) => ({ items, need: Math.ceil(share * totalOf(items)) }));

const totalOf = (items: readonly Item[]): number =>
  items.reduce((sum, item) => sum + item.yield * item.most, 0);

/** What every answer must hold, whoever found it. */
function expectHonest(items: readonly Item[], need: number, least: number): void {
  const answer = solveCovering(items, need);
  if (answer === undefined) {
    expect(least).toBe(Infinity);
    return;
  }
  const { counts, cost, proven, atLeast } = answer;
  expect(counts.every((count, place) => count >= 0 && count <= (items[place]?.most ?? 0))).toBe(true);
  expect(
    counts.reduce((sum, count, place) => sum + count * (items[place]?.yield ?? 0), 0),
  ).toBeGreaterThanOrEqual(need);
  expect(cost).toBe(counts.reduce((sum, count, place) => sum + count * (items[place]?.cost ?? 0), 0));
  expect(atLeast).toBeLessThanOrEqual(least);
  expect(proven ? cost : atLeast).toBe(proven ? least : Math.min(atLeast, cost));
}

describe("a covering", () => {
  test("is never dearer than the best of all that can be tried, or says that it is unproven", () => {
    fc.assert(
      fc.property(question(4, 4), ({ items, need }) => {
        expectHonest(items, need, leastByTrying(items, need));
      }),
      { numRuns: RANDOM },
    );
  });

  test("of up to a dozen kinds is never dearer than dynamic programming finds, or says that it is unproven", () => {
    fc.assert(
      fc.property(question(12, 6), ({ items, need }) => {
        expectHonest(items, need, leastCost(items, need));
      }),
      { numRuns: RANDOM },
    );
  });

  test("of three kinds, as most people have, is proven however they are priced", () => {
    fc.assert(
      fc.property(question(3, 24), ({ items, need }) => {
        expect(solveCovering(items, need)?.proven ?? true).toBe(true);
      }),
      { numRuns: RANDOM },
    );
  });

  test.each([
    [10, 100],
    [50, 500],
    [129, 100],
    [200, 1000],
  ])(
    "of %i kinds with up to %i machines, priced by what they yield, is all but the least",
    (length, most) => {
      let seed = 7;
      const drawn = (below: number): number => {
        seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
        return 1 + Math.floor((seed / 2 ** 32) * below);
      };
      const items = Array.from({ length }, (): Item => {
        const each = drawn(100_000);
        return { yield: each, cost: Math.ceil(each * 7.3), most: drawn(most) };
      });
      const answer = solveCovering(items, Math.ceil(totalOf(items) * 0.4));
      expect(answer?.cost).toBeLessThanOrEqual((answer?.atLeast ?? 0) * 1.001);
    },
  );

  test("of many machines that differ by some seconds of their lease does not try every way to tell them apart", () => {
    const items = Array.from({ length: 64 }, (_, place): Item => ({
      yield: 5000 + ((place * 37) % 19),
      cost: 300_000 + ((place * 791) % 2003),
      most: 1,
    }));
    const answer = solveCovering(items, 160_050);
    // Thirty-two do not yield as much, so thirty-three of the cheapest are needed.
    expect(answer?.cost).toBe(
      items
        .map(({ cost }) => cost)
        .sort((a, b) => a - b)
        .slice(0, 32)
        .reduce((sum, cost) => sum + cost, 0),
    );
  });

  test("is not there when all machines together yield too little", () => {
    expect(solveCovering([{ yield: 10, cost: 5, most: 3 }], 31)).toBeUndefined();
  });

  test("of nothing costs nothing", () => {
    expect(solveCovering([{ yield: 10, cost: 5, most: 3 }], 0)).toMatchObject({ counts: [0], cost: 0 });
  });
});
