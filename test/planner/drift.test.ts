/** When a cluster is taken to have changed its speed: by results alone, made up one by one. */
import { changesOfSpeed, noteLook } from "@stint/master/planner/estimate/drift.js";
import type { Run } from "@stint/master/planner/run-state.js";
import { describe, expect, test } from "vitest";
import { order, seen, toldRun } from "./told-run.js";

/** Runtimes that differ a little, in seconds. */
const about = (mean: number, count: number): number[] =>
  Array.from({ length: count }, (_, index) => mean * (0.9 + 0.2 * ((index % 10) / 9)));

/** A hundred results, a review, then these. */
function after(before: readonly number[], late: readonly number[]): Run {
  const run = toldRun({});
  noteLook(run);
  seen(run, 0, ...before);
  noteLook(run);
  seen(run, 0, ...late);
  return run;
}

describe("a cluster", () => {
  test("has become slower where all of its last results took longer", () => {
    expect(changesOfSpeed(after(about(10, 100), about(16, 40)))).toMatchObject([{ cluster: 0, results: 40 }]);
  });

  test("has not where a few of them hung and the others took what they always took", () => {
    const late = [...about(0.05, 34), ...about(60, 6)];
    expect(changesOfSpeed(after(about(0.05, 100), late))).toEqual([]);
  });

  test("counts all that was seen before at its present speed from then on", () => {
    const run = after(about(10, 100), about(16, 40));
    const [change] = changesOfSpeed(run);
    if (change !== undefined) order(run, change);
    const { ended, sum } = run.estimate.sketches[0] ?? { ended: 0, sum: 0 };
    expect(ended).toBe(140);
    expect(sum / ended).toBeCloseTo(16, 1);
    expect(changesOfSpeed(run)).toEqual([]);
  });
});
