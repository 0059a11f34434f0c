import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { alarmAt } from "./alarm.js";

let nowUs: number;
let rung: number;
const clock = { bootId: "boot", nowUs: () => nowUs };
const ring = (): void => void (rung += 1);
/** Time that passes for the machine and for this process alike. */
const passMs = (ms: number): void => {
  for (let passed = 0; passed < ms; passed += 1) {
    nowUs += 1_000;
    vi.advanceTimersByTime(1);
  }
};

beforeEach(() => {
  vi.useFakeTimers();
  [nowUs, rung] = [5_000_000, 0];
});

afterEach(() => {
  vi.useRealTimers();
});

test("an alarm rings once, at its time and not before", () => {
  alarmAt(clock, nowUs + 3_600_000_000, ring);
  passMs(3_599_999);
  expect(rung).toBe(0);
  passMs(1);
  expect(rung).toBe(1);
  passMs(10_000);
  expect(rung).toBe(1);
});

test("an alarm whose time passed in the machine's sleep rings within a second of its waking", () => {
  alarmAt(clock, nowUs + 3_600_000_000, ring);
  passMs(10);
  nowUs += 7_200_000_000;
  passMs(1_000);
  expect(rung).toBe(1);
});

test("an alarm for an instant that has passed rings, but not before its maker has it", () => {
  alarmAt(clock, nowUs - 1, ring);
  expect(rung).toBe(0);
  passMs(1);
  expect(rung).toBe(1);
});

test("a cancelled alarm does not ring", () => {
  const alarm = alarmAt(clock, nowUs + 5_000_000, ring);
  passMs(4_999);
  alarm.cancel();
  passMs(5_000);
  expect(rung).toBe(0);
});
