/** How fast an imagined world goes for somebody who looks on. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { after, between, instant, microseconds, seconds, type Instant } from "@stint/shared/units.js";
import type { Phase } from "../planner/vocabulary/phase.js";
import { pace } from "./pace.js";

const BEGAN = instant(1_000_000);

/** A world that only has a clock, and ends at an instant. */
function stage(endsAt = after(BEGAN, seconds(1_000))) {
  let now = BEGAN;
  let phase: Phase = "running";
  let real = 0;
  let speed = 60;
  const asked: Instant[] = [];
  const broken = vi.fn();
  const passUntil = vi.fn((at: Instant) => {
    asked.push(at);
    now = at < endsAt ? at : endsAt;
    if (now === endsAt) phase = "ended";
  });
  const paced = pace(
    { now: () => now, run: () => ({ phase }), passUntil },
    { speed: () => speed, realNow: () => real, broken },
  );
  const pass = (milliseconds: number): void => {
    for (let passed = 0; passed < milliseconds; passed += 10) {
      real += 10;
      vi.advanceTimersByTime(10);
    }
  };
  return {
    paced,
    passUntil,
    broken,
    pass,
    sleep: (milliseconds: number) => (real += milliseconds),
    setSpeed: (times: number) => (speed = times),
    gone: () => between(BEGAN, now),
    asked,
  };
}

beforeEach(() => void vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] }));
afterEach(() => void vi.useRealTimers());

test("so many times as fast as the real clock, and as fast as it is from when that changes", () => {
  const { pass, gone, setSpeed, paced } = stage();
  pass(2_000);
  expect(gone()).toBe(seconds(120));
  setSpeed(1);
  pass(2_000);
  expect(gone()).toBe(seconds(122));
  paced.stop();
});

test("a look between two ticks sees time go on", () => {
  const { pass, gone, paced } = stage();
  pass(1_020);
  expect(gone()).toBe(seconds(60));
  expect(between(BEGAN, paced.now())).toBe(seconds(61.2));
  paced.stop();
});

test("a computer that slept leaps no further than a quarter of a second", () => {
  const { pass, sleep, gone, paced } = stage();
  sleep(3_600_000);
  pass(50);
  expect(gone()).toBe(seconds(15));
  paced.stop();
});

test("it ends with the run, and nothing passes after that", async () => {
  const { pass, paced, passUntil } = stage(after(BEGAN, seconds(4)));
  pass(200);
  await paced.ended;
  const calls = passUntil.mock.calls.length;
  pass(1_000);
  expect(passUntil.mock.calls).toHaveLength(calls);
  expect(between(BEGAN, paced.now())).toBe(seconds(4));
});

test("what breaks the world is told once, and time stands still", () => {
  const { pass, passUntil, broken } = stage();
  passUntil.mockImplementation(() => {
    throw new Error("a law does not hold");
  });
  pass(1_000);
  expect(broken).toHaveBeenCalledExactlyOnceWith(new Error("a law does not hold"));
  expect(passUntil).toHaveBeenCalledTimes(1);
});

test("an instant is whole microseconds at any speed", () => {
  const { pass, asked, setSpeed, paced } = stage();
  setSpeed(0.333);
  pass(500);
  for (const at of asked) expect(microseconds(at - BEGAN)).toBe(at - BEGAN);
  paced.stop();
});
