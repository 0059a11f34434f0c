/** What a model makes of runtimes: running tasks, pairs, clusters that nothing is known of. */
import { describe, expect, test } from "vitest";
import { addEnded, newSketch, runtimesOfSketch } from "@stint/master/planner/estimate/sketch.js";
import { distributionOf, outlives } from "@stint/master/planner/estimate/distribution.js";
import { modelOf } from "@stint/master/planner/estimate/model.js";
import type { Runtimes } from "@stint/master/planner/estimate/runtimes.js";
import { randomStream } from "@stint/master/planner/stats/draws.js";
import { spreadAtMost } from "@stint/master/planner/stats/normal.js";
import { drawSeconds } from "@stint/master/simulate/draw-distribution.js";

const NORMAL = { kind: "normal", mean: 900, deviation: 136 } as const;

function runtimes(ended: readonly (readonly number[])[], pairs: Runtimes["pairs"] = []): Runtimes {
  const clusters = ended.map((seconds) => {
    const sketch = newSketch();
    for (const each of seconds) addEnded(sketch, each);
    return runtimesOfSketch(sketch);
  });
  return { clusters, pairs };
}

const draws = (count: number, seed: number): number[] => {
  const stream = randomStream(seed, "test");
  return Array.from({ length: count }, () => drawSeconds(NORMAL, stream));
};

describe("tasks that still run", () => {
  test("count as lasting at least so long, so that an early look is not a short one", () => {
    const means = Array.from({ length: 40 }, (_, seed) => {
      // Thirty began at once and are over; sixty began 780 seconds ago, and the short ones of them are over.
      const later = draws(60, 1000 + seed);
      const over = later.filter((each) => each <= 780);
      const running = later.filter((each) => each > 780).map(() => ({ cluster: 0, elapsed: 780 }));
      const all = runtimes([[...draws(30, seed), ...over]]);
      return { plain: modelOf(all, [])!.base.mean, model: modelOf(all, running)!.base.mean };
    });
    const average = (of: "plain" | "model"): number =>
      means.reduce((sum, each) => sum + each[of], 0) / means.length;
    expect(average("model")).toBeGreaterThan(885);
    expect(average("model")).toBeLessThan(925);
    expect(average("plain")).toBeLessThan(870);
  });

  test("are left aside where nearly nothing has ended: a tail's guess would be the mean", () => {
    const running = Array.from({ length: 50 }, () => ({ cluster: 0, elapsed: 100 }));
    const { mean } = modelOf(runtimes([[90, 95]]), running)!.base;
    expect(mean).toBeGreaterThan(92);
    expect(mean).toBeLessThan(97);
  });
});

describe("the error of the mean", () => {
  test("is the standard error and a little for what is longer than all, where everything has ended", () => {
    const drawn = draws(40, 7);
    const { meanError } = distributionOf(drawn.map((seconds) => ({ seconds, ended: 1, censored: 0 })));
    const mean = drawn.reduce((sum, each) => sum + each, 0) / 40;
    const sd = Math.sqrt(drawn.reduce((sum, each) => sum + (each - mean) ** 2, 0) / 39);
    expect(meanError).toBeGreaterThan(sd / Math.sqrt(40));
    expect(meanError).toBeLessThan((1.2 * sd) / Math.sqrt(40));
  });

  test("counts the results of a pair as the one task that they tell of", () => {
    const same = draws(10, 3);
    const alone = modelOf(runtimes([same, []]), [])!;
    const paired = modelOf(
      runtimes(
        [same, same],
        same.map((each) => [each, each]),
      ),
      [],
    )!;
    expect(paired.baseError).toBeGreaterThan(0.95 * alone.baseError);
  });

  test("of few observations may be far from what they show", () => {
    expect(spreadAtMost(1, 1)).toBe(Infinity);
    expect(spreadAtMost(1, 5)).toBeCloseTo(1.94, 1);
    expect(spreadAtMost(1, 30)).toBeCloseTo(1.21, 2);
  });
});

describe("a task that runs", () => {
  const distribution = distributionOf(
    [100, 200, 300, 400].map((seconds) => ({ seconds, ended: 1, censored: 0 })),
  );

  // Of four tasks each has a fifth, and the last fifth lies beyond them.
  test.each([
    [0, 150, 4 / 5],
    [250, 100, 2 / 3],
    [350, 100, 1 / 2],
  ])("for %d seconds goes on for %d more with probability %d", (elapsed, more, expected) => {
    expect(outlives(distribution, elapsed, more)).toBeCloseTo(expected, 6);
  });

  test("longer than anything seen does not end now", () => {
    for (const elapsed of [500, 5000]) {
      expect(outlives(distribution, elapsed, 600)).toBeGreaterThan(0);
      expect(outlives(distribution, elapsed, 600)).toBeLessThan(1);
    }
  });
});
