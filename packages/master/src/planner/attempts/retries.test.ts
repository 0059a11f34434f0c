/** When and where is a task tried again? And which of those that ran on lost machines is started no more? */
import { describe, expect, test } from "vitest";
import type { MachineId, TaskIndex } from "@stint/shared/ids.js";
import { instant } from "@stint/shared/units.js";
import { newAttempts, type Attempts } from "./attempts.js";
import { delay, endDelay, endDelays, newDelays, nextDelayEnd } from "./delays.js";
import { handOut } from "./hand-out.js";

const task = (index: number): TaskIndex => index as TaskIndex;
const A = "here-1" as MachineId;
const B = "here-2" as MachineId;
const at = (second: number) => instant(second * 1_000_000);

describe("a task that failed waits", () => {
  test.each([
    [1, 1, 1],
    [2, 2, 2],
    [3, 4, 4],
    [4, 8, 5],
    [5, 16, 5],
    [6, 32, 5],
    [7, 60, 5],
    [100, 60, 5],
  ])("after failure %i for %i s, and for %i s where machines cost money", (failures, free, paid) => {
    for (const [wait, isPaid] of [
      [free, false],
      [paid, true],
    ] as const) {
      const delays = newDelays();
      delay(delays, task(0), { failures, at: at(10), paid: isPaid });
      expect(nextDelayEnd(delays)).toBe(at(10 + wait));
      expect(overBy(delays, 10 + wait - 0.001)).toEqual([]);
      expect(overBy(delays, 10 + wait)).toEqual([0]);
      expect(nextDelayEnd(delays)).toBeUndefined();
    }
  });

  test("each for itself, and no longer when it is started meanwhile", () => {
    const delays = newDelays();
    delay(delays, task(0), { failures: 2, at: at(0), paid: false });
    delay(delays, task(1), { failures: 1, at: at(0.5), paid: false });
    delay(delays, task(2), { failures: 1, at: at(0.6), paid: false });
    endDelay(delays, task(1));
    expect(nextDelayEnd(delays)).toBe(at(1.6));
    // Started, failed again, and waits anew.
    delay(delays, task(1), { failures: 2, at: at(3), paid: false });
    expect(overBy(delays, 4)).toEqual([2, 0]);
    expect(overBy(delays, 5)).toEqual([1]);
  });
});

function overBy(delays: ReturnType<typeof newDelays>, second: number): number[] {
  const over: number[] = [];
  endDelays(delays, instant(second * 1_000_000), (one) => over.push(one));
  return over;
}

describe("a task is handed out", () => {
  test("to another machine than the one it failed on", () => {
    const attempts = bagOf(2);
    const [first, second] = order(attempts);
    attempts.failedOn.set(first, A);
    const tasks = handOut(attempts);
    expect([tasks.take(A), tasks.take(B)]).toEqual([second, first]);
  });

  test("to the same one when no other asks", () => {
    const attempts = bagOf(1);
    attempts.failedOn.set(task(0), A);
    const tasks = handOut(attempts);
    expect(tasks.take(A)).toBeUndefined();
    expect([tasks.takeAside(A), tasks.takeAside(A)]).toEqual([0, undefined]);
  });

  test("not before its wait is over", () => {
    const attempts = bagOf(1);
    delay(attempts.delays, task(0), { failures: 1, at: at(0), paid: false });
    expect(handOut(attempts).take(A)).toBeUndefined();
    endDelays(attempts.delays, at(1), () => undefined);
    expect(handOut(attempts).take(A)).toBe(0);
  });

  test("beside no other suspect when two machines went away with it", () => {
    const attempts = bagOf(3);
    const [first, second, innocent] = order(attempts);
    attempts.suspicions.set([2], first);
    attempts.suspicions.set([2], second);
    const tasks = handOut(attempts);
    expect([tasks.take(A), tasks.take(A), tasks.take(B)]).toEqual([first, innocent, second]);
    attempts.suspectOn.set(B, innocent);
    const later = handOut(attempts);
    expect([later.take(B), later.take(B), later.takeAside(B)]).toEqual([innocent, undefined, undefined]);
  });
});

const bagOf = (size: number): Attempts => newAttempts(size, 1);
/** As the bag is handed out. */
const order = ({ queue }: Attempts): [TaskIndex, TaskIndex, TaskIndex] => {
  const [first = 0, second = 0, third = 0] = queue.order;
  return [task(first), task(second), task(third)];
};
