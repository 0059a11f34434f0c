/**
 * The time since this machine booted, in microseconds: it never goes back, counts a laptop's sleep, and is the
 * same for every process of the machine. Leases and runtimes go by it.
 */
import { readFileSync } from "node:fs";

export interface BootClock {
  readonly nowUs: () => number;
  /** Which boot the microseconds count from. */
  readonly bootId: string;
}

const UPTIME = "/proc/uptime";
const BOOT_ID = "/proc/sys/kernel/random/boot_id";
/** `/proc/uptime` moves in steps of this. */
const TICK_US = 10_000;
/** How long after its last look the clock looks whether the machine has slept. */
const LOOK_EVERY_US = 1_000_000;

/** A look at the uptime that took longer was interrupted. */
const HELD_UP_US = 500;
const MEASUREMENTS_MOST = 10;

let shared: BootClock | undefined;

/** One clock a process. Where there is no `/proc` it counts from an unnamed boot and stops while the machine sleeps. */
export function bootClock(): BootClock {
  shared ??= readable(UPTIME) ? linuxClock() : { nowUs: monotonicUs, bootId: "unknown" };
  return shared;
}

function linuxClock(): BootClock {
  let ahead = measureAhead();
  let lookedAt = monotonicUs();
  return {
    bootId: readFileSync(BOOT_ID, "utf8").trim(),
    nowUs() {
      const monotonic = monotonicUs();
      if (monotonic - lookedAt > LOOK_EVERY_US) {
        lookedAt = monotonic;
        // Never too much: it grows when the machine has slept, or towards what a busy one hid at first.
        ahead = Math.max(ahead, uptimeUs() - monotonicUs());
      }
      return monotonic + ahead;
    },
  };
}

/**
 * By how much the time since boot is ahead of the monotonic clock. What is measured can only be too little, by as
 * long as this process was held up meanwhile: a measurement that took long is made again, and the most counts.
 */
function measureAhead(): number {
  let most = -Infinity;
  for (let round = 0; round < MEASUREMENTS_MOST; round += 1) {
    const { aheadUs, tookUs } = measureOnce();
    most = Math.max(most, aheadUs);
    if (tookUs < HELD_UP_US) break;
  }
  return most;
}

/**
 * Waits for the uptime to move on, a hundredth of a second at most, so that two processes agree to some ten
 * microseconds and not only to a tick.
 */
function measureOnce(): { readonly aheadUs: number; readonly tookUs: number } {
  const began = monotonicUs();
  const first = uptimeUs();
  // It moved on after the last reading that saw it stand had begun: whoever is held up behind one misses that.
  let stoodAt = began;
  let before = monotonicUs();
  let now = uptimeUs();
  let after = monotonicUs();
  while (now === first && after - began < 2 * TICK_US) {
    stoodAt = before;
    before = after;
    now = uptimeUs();
    after = monotonicUs();
  }
  return { aheadUs: now - after, tookUs: after - stoodAt };
}

const monotonicUs = (): number => Number(process.hrtime.bigint() / 1_000n);

const uptimeUs = (): number => Math.round(Number.parseFloat(readFileSync(UPTIME, "utf8")) * 1_000_000);

function readable(file: string): boolean {
  try {
    readFileSync(file);
    return true;
  } catch {
    return false;
  }
}
