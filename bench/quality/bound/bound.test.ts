import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { leastMakespan } from "./bound.js";
import type { BoundCluster, Market } from "./market.js";

/** Every way to put whole tasks on machines, each rented from the beginning and paid in whole units. */
function bestSchedule({ clusters, budget, seconds }: Market): number {
  const slots = clusters.flatMap((cluster, index) =>
    Array.from({ length: cluster.machines }, () => ({ cluster, index })),
  );
  const tasks = seconds[0]!.length;
  const work = slots.map(() => 0);
  let best = Infinity;
  place(0);
  return best;

  function place(task: number): void {
    if (task === tasks) {
      let cost = 0;
      let makespan = 0;
      slots.forEach(({ cluster }, at) => {
        if (work[at] === 0) return;
        const busy = cluster.boot + work[at]!;
        cost += Math.ceil(busy / cluster.unit - 1e-9) * cluster.cost;
        makespan = Math.max(makespan, busy);
      });
      if (cost <= budget) best = Math.min(best, makespan);
      return;
    }
    slots.forEach(({ index }, at) => {
      work[at]! += seconds[index]![task]!;
      place(task + 1);
      work[at]! -= seconds[index]![task]!;
    });
  }
}

const cluster = fc.record<BoundCluster>({
  machines: fc.integer({ min: 1, max: 2 }),
  slots: fc.constant(1),
  unit: fc.constantFrom(1, 10, 60),
  cost: fc.integer({ min: 1, max: 20 }),
  boot: fc.constantFrom(0, 3, 12),
});

const markets = (clusters: number): fc.Arbitrary<Market> =>
  fc.integer({ min: 1, max: 4 }).chain((tasks) =>
    fc.record<Market>({
      clusters: fc.array(cluster, { minLength: clusters, maxLength: clusters }),
      budget: fc.integer({ min: 5, max: 600 }),
      seconds: fc.array(
        fc
          .array(fc.integer({ min: 1, max: 90 }), { minLength: tasks, maxLength: tasks })
          .map((values) => Float64Array.from(values)),
        { minLength: clusters, maxLength: clusters },
      ),
    }),
  );

describe("the bound", () => {
  test.each([1, 2, 3])("is not beaten by any schedule of a tiny world of %i clusters", (clusters) => {
    fc.assert(
      fc.property(markets(clusters), (market) => {
        expect(leastMakespan(market)).toBeLessThanOrEqual(bestSchedule(market) * (1 + 1e-6));
      }),
      { numRuns: 2000 },
    );
  });

  const alike = (count: number, seconds: number): Float64Array => new Float64Array(count).fill(seconds);
  const plain: BoundCluster = { machines: 10, slots: 1, unit: 60, cost: 6, boot: 0 };

  test("is reached where equal tasks fill whole units", () => {
    const market = { clusters: [plain], budget: 60, seconds: [alike(20, 30)] };
    expect(leastMakespan(market)).toBeCloseTo(60, 1);
    expect(bestSchedule({ ...market, seconds: [alike(4, 30)], budget: 12 })).toBe(60);
  });

  test("knows that half of the machines take twice as long", () => {
    const market = { clusters: [{ ...plain, machines: 5 }], budget: 60, seconds: [alike(20, 30)] };
    expect(leastMakespan(market)).toBeCloseTo(120, 1);
  });

  test("is infinite where the budget does not buy the work", () => {
    expect(leastMakespan({ clusters: [plain], budget: 59, seconds: [alike(21, 30)] })).toBe(Infinity);
  });

  test("is never below the longest task", () => {
    const seconds = [Float64Array.from([500, 1, 1])];
    expect(leastMakespan({ clusters: [plain], budget: 1000, seconds })).toBe(500);
  });

  test("takes as long with one more cluster that nobody can use", () => {
    const useless: BoundCluster = { ...plain, cost: 1e9 };
    const fine: BoundCluster = { ...plain, unit: 1, cost: 0.1, boot: 2 };
    const two: Market = {
      clusters: [fine, { ...fine, cost: 0.15 }],
      budget: 130,
      seconds: [alike(40, 30), Float64Array.from({ length: 40 }, (_, index) => 5 + index)],
    };
    const three = { ...two, clusters: [...two.clusters, useless], seconds: [...two.seconds, alike(40, 30)] };
    const bound = leastMakespan(two);
    expect(leastMakespan(three)).toBeLessThanOrEqual(bound * 1.0001);
    expect(leastMakespan(three)).toBeGreaterThan(bound * 0.98);
  });
});
