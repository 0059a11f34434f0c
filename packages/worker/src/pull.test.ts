import { describe, expect, test } from "vitest";
import { noteRuntime, tasksWanted, type RecentRuntimes } from "./pull.js";

const MS = 1_000;
const times = (count: number, us: number): RecentRuntimes => Array.from({ length: count }, () => us);

describe("the tasks an agent wants at once", () => {
  test.each([
    ["nothing is known yet", 2, times(7, 1 * MS), 2],
    ["tasks take half a second", 2, times(32, 500 * MS), 2],
    ["tasks take just as long as a short one may", 2, times(32, 50 * MS), 2],
    ["tasks take two milliseconds", 1, times(32, 2 * MS), 1 + 50],
    ["tasks take two milliseconds and there are four slots", 4, times(32, 2 * MS), 4 + 64],
    ["three of the recent ones were long", 1, [...times(29, 10 * MS), ...times(3, 10_000 * MS)], 1 + 10],
    ["four of the recent ones were long", 1, [...times(28, 10 * MS), ...times(4, 10_000 * MS)], 1],
    ["tasks take no time at all", 1, times(32, 0), 1 + 64],
  ])("where %s", (_what, slots, recent, wanted) => {
    expect(tasksWanted(slots, recent, slots)).toBe(wanted);
  });

  test("stay what they were while that is not far wrong", () => {
    expect(tasksWanted(1, times(32, 5 * MS), 1 + 50)).toBe(1 + 50);
    expect(tasksWanted(1, times(32, 10 * MS), 1 + 50)).toBe(1 + 10);
    expect(tasksWanted(1, times(32, 2 * MS), 1 + 10)).toBe(1 + 50);
  });

  test("follow what was measured last, and forget the rest", () => {
    let recent = times(32, 500 * MS);
    for (let task = 0; task < 28; task += 1) recent = noteRuntime(recent, 1 * MS);
    expect(tasksWanted(1, recent, 1)).toBe(1);
    recent = noteRuntime(recent, 1 * MS);
    expect(tasksWanted(1, recent, 1)).toBeGreaterThan(1);
    expect(recent).toHaveLength(32);
  });
});
