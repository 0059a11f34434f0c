import { describe, expect, test } from "vitest";
import type { Task } from "@stint/shared/bag/bag.js";
import type { TaskId, TaskIndex } from "@stint/shared/ids.js";
import { recentTasks } from "./recent-tasks.js";

const index = (number: number): TaskIndex => number as TaskIndex;
const task = (number: number): Task => ({
  id: `t${number}` as TaskId,
  command: { kind: "shell", line: `true ${number}` },
});
const MEGABYTE = 1024 * 1024;

describe("tasks that were read", () => {
  test("are there again as long as less than four megabytes were read since", () => {
    const recent = recentTasks();
    recent.keep(index(0), task(0), 100);
    for (let number = 1; number <= 3; number += 1) recent.keep(index(number), task(number), MEGABYTE);
    expect(recent.get(index(0))).toEqual(task(0));
    expect(recent.get(index(4))).toBeUndefined();
  });

  test("take no more than eight megabytes, however many are read", () => {
    const recent = recentTasks();
    for (let number = 0; number < 100; number += 1) recent.keep(index(number), task(number), MEGABYTE);
    const kept = Array.from({ length: 100 }, (_, number) => recent.get(index(number))).filter(Boolean);
    expect(kept.length).toBeLessThanOrEqual(8);
    expect(kept.at(-1)).toEqual(task(99));
  });

  test("are let go one by one when each is larger than all that is kept", () => {
    const recent = recentTasks();
    for (let number = 0; number < 5; number += 1) recent.keep(index(number), task(number), 9 * MEGABYTE);
    expect(recent.get(index(4))).toEqual(task(4));
    expect(recent.get(index(2))).toBeUndefined();
  });
});
