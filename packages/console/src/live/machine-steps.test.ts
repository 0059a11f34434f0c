/** Do the steps of machines say how many there were, and until when they are paid? */
import { expect, test } from "vitest";
import { areaPath, paidSteps, pastSteps } from "./machine-steps.js";

test("rows that say the same are one step, and the last reaches until now", () => {
  expect(pastSteps([0, 10, 20, 30], [0, 2, 2, 3], 45)).toEqual([
    [0, 0],
    [10, 2],
    [30, 3],
    [45, 3],
  ]);
  expect(pastSteps([], [], 45)).toEqual([]);
});

test("each machine leaves where its money ends, and one that is overdue is not counted", () => {
  expect(paidSteps([90, 60, 40], 50)).toEqual([
    [50, 2],
    [60, 1],
    [90, 0],
  ]);
  expect(paidSteps([], 50)).toEqual([[50, 0]]);
});

test("a number holds until it changes", () => {
  const same = (of: number): number => of;
  expect(
    areaPath(
      [
        [0, 1],
        [10, 3],
        [20, 3],
      ],
      { x: same, y: same, floor: 9 },
    ),
  ).toBe("M0.0 9L0.0 1.0L10.0 1.0L10.0 3.0L20.0 3.0L20.0 9Z");
});
