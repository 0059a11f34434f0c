/**
 * The run's timeline on a real machine: wall time when the run began, plus the time since boot that has passed.
 * It never goes back, counts a laptop's sleep, and goes on where it was when a master is restarted.
 */
import { bootClock, type BootClock } from "@stint/shared/boot-clock.js";
import { instant, later, type Instant } from "@stint/shared/units.js";
import type { Clock } from "./ports.js";

/** What ties the timeline to one boot of one machine; kept in the run's folder. */
export interface ClockAnchor {
  readonly boot_id: string;
  readonly boot_us: number;
  readonly at_us: number;
}

export interface LiveClock extends Clock {
  /** The instant on the run's timeline of a number of microseconds since boot; this boot only. */
  readonly ofBoot: (bootUs: number) => Instant;
  /** Microseconds since boot at an instant of the timeline. */
  readonly bootAt: (at: Instant) => number;
  readonly bootId: string;
  readonly close: () => void;
}

const wallNow = (): number => Date.now() * 1000;

/** The anchor of a new run: wall time now. */
export function newAnchor({ nowUs, bootId }: BootClock = bootClock()): ClockAnchor {
  return { boot_id: bootId, boot_us: Math.round(nowUs()), at_us: wallNow() };
}

/**
 * The anchor under which a run goes on. The same boot: as before. Another one: from the wall clock, but never
 * before what is recorded already.
 */
export function resumedAnchor(
  before: ClockAnchor,
  lastAt: Instant,
  boot: BootClock = bootClock(),
): ClockAnchor {
  if (before.boot_id === boot.bootId) return before;
  const fresh = newAnchor(boot);
  return { ...fresh, at_us: later(instant(fresh.at_us), lastAt) };
}

/** Timers cannot be longer than this; a later instant is waited for in steps. */
const TIMER_MOST_MS = 60_000;

/** @param woken called when the instant that was asked for has come */
export function liveClock(
  anchor: ClockAnchor,
  woken: () => void,
  { nowUs }: BootClock = bootClock(),
): LiveClock {
  let timer: NodeJS.Timeout | undefined;
  let last = 0 as Instant;
  const ofBoot = (bootUs: number): Instant => instant(Math.round(anchor.at_us + bootUs - anchor.boot_us));
  const now = (): Instant => {
    last = later(last, ofBoot(nowUs()));
    return last;
  };
  const arm = (at: Instant): void => {
    const left = Math.ceil((at - now()) / 1000);
    timer = setTimeout(() => (now() >= at ? woken() : arm(at)), Math.min(Math.max(left, 0), TIMER_MOST_MS));
  };
  return {
    now,
    ofBoot,
    bootAt: (at) => Math.round(at - anchor.at_us + anchor.boot_us),
    bootId: anchor.boot_id,
    wakeAt(at) {
      clearTimeout(timer);
      timer = undefined;
      if (at !== undefined) arm(at);
    },
    close: () => clearTimeout(timer),
  };
}
