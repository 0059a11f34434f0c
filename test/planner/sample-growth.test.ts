/** While sampling: which clusters get more machines, and when the last pairs are not waited for. */
import { describe, expect, test } from "vitest";
import { newEstimate, observeEnded } from "@stint/master/planner/estimate/estimate.js";
import { linkIsSure } from "@stint/master/planner/estimate/link-is-sure.js";
import type { TaskIndex } from "@stint/shared/ids.js";

/** Runtimes of tasks that ran on both clusters: on the first, which is the base, and on the second. */
function estimateOf(pairs: readonly (readonly [number, number])[]) {
  const estimate = newEstimate(2);
  pairs.forEach(([first, second], index) => {
    const task = index as TaskIndex;
    observeEnded(estimate, { cluster: 0, task, seconds: first, paired: true });
    observeEnded(estimate, { cluster: 1, task, seconds: second, paired: true });
  });
  observeEnded(estimate, { cluster: 0, task: 99 as TaskIndex, seconds: 10, paired: false });
  return estimate;
}

describe("a cluster's speed is known before all of its pairs have ended", () => {
  test.each([
    [
      "where three agree",
      [
        [10, 20],
        [30, 60],
        [50, 101],
      ],
      true,
    ],
    [
      "where three of tasks that hardly differ agree to some per cent",
      [
        [10, 20],
        [11, 23],
        [12, 24],
      ],
      true,
    ],
    [
      "not where they agree no better and tasks differ much",
      [
        [10, 20],
        [30, 63],
        [50, 100],
      ],
      false,
    ],
    [
      "not where they scatter",
      [
        [10, 20],
        [30, 45],
        [50, 130],
      ],
      false,
    ],
    [
      "not from two, however well they agree",
      [
        [10, 20],
        [30, 60],
      ],
      false,
    ],
    [
      "where scatter is made good by their number",
      [
        [10, 20],
        [10, 21],
        [10, 20],
        [10, 21],
        [10, 20],
        [10, 21],
        [10, 20],
      ],
      true,
    ],
  ] as const)("%s", (_, pairs, expected) => expect(linkIsSure(estimateOf(pairs), 1)).toBe(expected));

  test("and the cluster that the others are compared with is known when anything has ended there", () => {
    expect(linkIsSure(estimateOf([]), 0)).toBe(true);
    expect(linkIsSure(newEstimate(2), 0)).toBe(false);
  });
});
