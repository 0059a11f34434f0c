/**
 * Rings at an instant of the boot clock. Timers of the process stand still while the machine sleeps, so the clock
 * is looked at again every second at the latest.
 */
import type { BootClock } from "@stint/shared/boot-clock.js";

export interface Alarm {
  /** It does not ring any more. */
  cancel(): void;
}

const LOOK_EVERY_MS_MAX = 1_000;

/** Never rings early, and never before the caller has returned. */
export function alarmAt(clock: BootClock, bootUs: number, ring: () => void): Alarm {
  let timer = setTimeout(look, untilNextLook());
  return { cancel: () => clearTimeout(timer) };

  function look(): void {
    if (clock.nowUs() >= bootUs) ring();
    else timer = setTimeout(look, untilNextLook());
  }

  function untilNextLook(): number {
    return Math.min(LOOK_EVERY_MS_MAX, Math.max(0, Math.ceil((bootUs - clock.nowUs()) / 1_000)));
  }
}
