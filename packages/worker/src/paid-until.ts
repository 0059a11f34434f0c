/**
 * Until when is this machine paid? Whatever the agent has heard last, or longest ago: when that time less the
 * grace has come by the machine's own time since boot, everything ends, whether a master can be reached or not.
 */
import type { BootClock } from "@stint/shared/boot-clock.js";
import { alarmAt, type Alarm } from "./alarm.js";

export interface Lease {
  /** An earlier end than the one known is an old message. */
  renew(paidUntilBootUs: number): void;
  readonly paidUntilBootUs: () => number;
  cancel(): void;
}

interface LeaseTerms {
  readonly paidUntilBootUs: number;
  readonly graceUs: number;
}

/** `ends` is called once, a grace before the end of what is paid. */
export function leaseUntil(clock: BootClock, terms: LeaseTerms, ends: () => void): Lease {
  let until = terms.paidUntilBootUs;
  let alarm: Alarm = arm();
  return {
    renew(paidUntilBootUs) {
      if (paidUntilBootUs <= until) return;
      until = paidUntilBootUs;
      alarm.cancel();
      alarm = arm();
    },
    paidUntilBootUs: () => until,
    cancel: () => alarm.cancel(),
  };

  function arm(): Alarm {
    return alarmAt(clock, until - terms.graceUs, ends);
  }
}
