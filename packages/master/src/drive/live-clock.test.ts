import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { BootClock } from "@stint/shared/boot-clock.js";
import { after, between, hours, instant, minutes, seconds, type Instant } from "@stint/shared/units.js";
import { liveClock, newAnchor, resumedAnchor } from "./live-clock.js";

const NOON_MS = Date.UTC(2026, 0, 2, 12);
const NOON = instant(NOON_MS * 1000);

/** A machine's time since boot, moved by hand; timers follow it unless it sleeps. */
interface Machine extends BootClock {
  bootUs: number;
}
const machine = (bootUs: number, bootId = "this-boot"): Machine => {
  const self: Machine = { bootUs, bootId, nowUs: () => self.bootUs };
  return self;
};
const pass = (on: Machine, us: number): void => {
  on.bootUs += us;
  vi.advanceTimersByTime(us / 1000);
};
/** The machine sleeps: its time since boot goes on, its timers do not. */
const sleep = (on: Machine, us: number): void => {
  on.bootUs += us;
};

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"], now: NOON_MS });
});
afterEach(() => {
  vi.useRealTimers();
});

describe("the run's timeline", () => {
  test("begins at wall time and goes on with the time since boot, whatever the wall clock does", () => {
    const on = machine(5_000_000);
    const clock = liveClock(newAnchor(on), () => undefined, on);
    expect(clock.now()).toBe(NOON);
    vi.setSystemTime(NOON_MS - 3_600_000);
    sleep(on, seconds(7));
    expect(clock.now()).toBe(after(NOON, seconds(7)));
  });

  test("never goes back, even when the time since boot is measured a little less", () => {
    const on = machine(5_000_000);
    const clock = liveClock(newAnchor(on), () => undefined, on);
    on.bootUs += 100;
    const before = clock.now();
    on.bootUs -= 60;
    expect(clock.now()).toBe(before);
  });

  test("maps to the time since boot and back without losing a microsecond", () => {
    fc.assert(
      fc.property(fc.nat(1e12), fc.nat(1e12), (began, bootUs) => {
        const clock = liveClock(newAnchor(machine(began)), () => undefined);
        expect(clock.bootAt(clock.ofBoot(bootUs))).toBe(bootUs);
      }),
    );
  });

  test("is in whole microseconds where the time since boot is not", () => {
    const on = machine(5_000_000.4);
    const clock = liveClock(newAnchor(on), () => undefined, on);
    on.bootUs += 1.3;
    expect(Number.isInteger(clock.now())).toBe(true);
    expect(Number.isInteger(clock.bootAt(clock.now()))).toBe(true);
  });
});

describe("the timeline of a run that is resumed", () => {
  const last = after(NOON, minutes(10));

  test("is the same in the same boot, though the wall clock has jumped", () => {
    const on = machine(5_000_000);
    const anchor = newAnchor(on);
    sleep(on, minutes(11));
    vi.setSystemTime(NOON_MS + 400 * 86_400_000);
    const resumed = resumedAnchor(anchor, last, on);
    expect(resumed).toEqual(anchor);
    expect(liveClock(resumed, () => undefined, on).now()).toBe(after(NOON, minutes(11)));
  });

  test("goes on at wall time after the machine was started again", () => {
    const anchor = newAnchor(machine(5_000_000));
    vi.setSystemTime(NOON_MS + 3_600_000);
    const on = machine(20_000_000, "the-next-boot");
    const resumed = resumedAnchor(anchor, last, on);
    expect(liveClock(resumed, () => undefined, on).now()).toBe(after(NOON, hours(1)));
    expect(resumed.boot_id).toBe("the-next-boot");
  });

  test("never begins before what is recorded, though the wall clock was set back in between", () => {
    const anchor = newAnchor(machine(5_000_000));
    vi.setSystemTime(NOON_MS - 3_600_000);
    const on = machine(20_000_000, "the-next-boot");
    const clock = liveClock(resumedAnchor(anchor, last, on), () => undefined, on);
    expect(clock.now()).toBe(last);
    sleep(on, seconds(1));
    expect(clock.now()).toBe(after(last, seconds(1)));
  });
});

describe("a clock that is asked to wake", () => {
  const bench = (): {
    on: Machine;
    clock: ReturnType<typeof liveClock>;
    wokenAt: Instant[];
  } => {
    const on = machine(5_000_000);
    const wokenAt: Instant[] = [];
    const clock = liveClock(newAnchor(on), () => void wokenAt.push(clock.now()), on);
    return { on, clock, wokenAt };
  };

  test("wakes once, not before the instant, and again only when asked", () => {
    const { on, clock, wokenAt } = bench();
    clock.wakeAt(after(NOON, seconds(3)));
    pass(on, seconds(2.9));
    expect(wokenAt).toEqual([]);
    pass(on, seconds(0.2));
    expect(wokenAt).toHaveLength(1);
    pass(on, hours(1));
    expect(wokenAt).toHaveLength(1);
  });

  test("waits again when a timer comes early", () => {
    const { on, clock, wokenAt } = bench();
    clock.wakeAt(after(NOON, seconds(3)));
    vi.advanceTimersByTime(3_000);
    expect(wokenAt).toEqual([]);
    pass(on, seconds(3));
    expect(wokenAt).toHaveLength(1);
  });

  test("at an instant that is past wakes at once, but not while it is being asked", () => {
    const { on, clock, wokenAt } = bench();
    sleep(on, seconds(5));
    clock.wakeAt(after(NOON, seconds(3)));
    expect(wokenAt).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(wokenAt).toHaveLength(1);
  });

  test("forgets what it was asked before", () => {
    const { on, clock, wokenAt } = bench();
    clock.wakeAt(after(NOON, seconds(1)));
    clock.wakeAt(after(NOON, seconds(9)));
    pass(on, seconds(5));
    expect(wokenAt).toEqual([]);
    clock.wakeAt(undefined);
    pass(on, hours(1));
    expect(wokenAt).toEqual([]);
  });

  test("notices within a minute that the machine has slept past the instant", () => {
    const { on, clock, wokenAt } = bench();
    clock.wakeAt(after(NOON, hours(2)));
    sleep(on, hours(3));
    vi.advanceTimersByTime(60_000);
    expect(wokenAt).toHaveLength(1);
  });

  test("wakes in a thousand hours, which no timer can wait for", () => {
    const { on, clock, wokenAt } = bench();
    clock.wakeAt(after(NOON, hours(1_000)));
    for (let waited = 0; waited < 1_000 * 60; waited += 1) pass(on, minutes(1));
    expect(wokenAt).toHaveLength(1);
    expect(between(after(NOON, hours(1_000)), wokenAt[0]!)).toBe(0);
  });

  test("is silent once it is closed", () => {
    const { on, clock, wokenAt } = bench();
    clock.wakeAt(after(NOON, seconds(1)));
    clock.close();
    pass(on, hours(1));
    expect(wokenAt).toEqual([]);
  });
});
