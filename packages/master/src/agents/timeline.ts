/**
 * How does the time of an agent's machine translate into the run's, and back? The same boot of the same machine has
 * the same clock. Any other is compared when a message comes in: the message took a while, so its machine is
 * never taken to be younger than it is, and a lease never to end later.
 */
import type { Draft } from "@stint/shared/draft.js";
import type { AttemptResult } from "@stint/shared/observation.js";
import { earlier, instant, microseconds, type Instant } from "@stint/shared/units.js";
import type { TaskReport } from "@stint/shared/wire/messages.js";

/** The part of the run's clock that is needed here. */
export interface AgentClock {
  readonly now: () => Instant;
  readonly ofBoot: (bootUs: number) => Instant;
  readonly bootAt: (at: Instant) => number;
  readonly bootId: string;
}

export interface Timeline {
  readonly ofBoot: (bootUs: number) => Instant;
  readonly bootAt: (at: Instant) => number;
  /** Compares again; the message that took least is believed. */
  readonly compare: (nowBootUs: number) => void;
}

export function createTimeline(
  clock: AgentClock,
  hello: { readonly bootId: string; readonly nowBootUs: number },
): Timeline {
  if (hello.bootId === clock.bootId)
    return { ofBoot: clock.ofBoot, bootAt: clock.bootAt, compare: () => undefined };
  const ahead = (nowBootUs: number): number => clock.now() - nowBootUs;
  let least = ahead(hello.nowBootUs);
  return {
    ofBoot: (bootUs) => instant(bootUs + least),
    bootAt: (at) => Math.max(1, at - least),
    compare(nowBootUs) {
      least = Math.min(least, ahead(nowBootUs));
    },
  };
}

/** The report on the run's timeline. Nothing ended later than it was heard of, or before it began. */
export function resultOf(report: TaskReport, timeline: Timeline, heardAt: Instant): AttemptResult {
  const endedAt = earlier(timeline.ofBoot(report.endedBootUs), heardAt);
  const result: Draft<AttemptResult> = {
    task: report.task,
    attempt: report.attempt,
    ending: report.ending,
    startedAt: earlier(timeline.ofBoot(report.startedBootUs), endedAt),
    endedAt,
    slot: report.slot,
    stdoutBytes: report.stdoutBytes,
    stderrBytes: report.stderrBytes,
  };
  if (report.cpuUs !== undefined) result.cpu = microseconds(report.cpuUs);
  if (report.peakMemoryBytes !== undefined) result.peakMemoryBytes = report.peakMemoryBytes;
  return result;
}
