/** How long does the sampling phase wait for the last of its first tasks? */
import { activeOf } from "../attempts/attempts.js";
import { after, instant, later, minutes, type Instant } from "@stint/shared/units.js";
import type { SampleRun } from "./sample.js";

/** In means of the first tasks. */
const PATIENCE = 4;
const LEAST = minutes(1);

/**
 * When the phase ends even if nothing more happens; absent while its first tasks are still being handed out, and while
 * so many of them run that what has ended are only the short ones. The mean is that of a law without memory, all time
 * spent over all that ended (Epstein and Sobel, 1953), and grows with those that still run; the wait overtakes it only
 * where fewer than one in five do.
 */
export function sampleDeadline(run: SampleRun): Instant | undefined {
  const { sample } = run;
  const { lastHandedAt: from, overFirst: over } = sample;
  if (from === undefined || sample.first.size < sample.size || over === 0) return undefined;
  const begun = [...sample.first]
    .filter(([, state]) => state === "open")
    .flatMap(([task]) => activeOf(run.attempts, task)[0]?.orderedAt ?? []);
  const pace = 1 - (PATIENCE * begun.length) / over;
  if (pace <= 0) return undefined;
  // Waited since `from`: at - from = PATIENCE × (took + Σ (at - begun)) / over, solved for at.
  const spent = begun.reduce((sum: number, at) => sum + (from - at), sample.firstTook);
  const wait = (PATIENCE * spent) / over / pace;
  return later(after(from, LEAST), instant(Math.ceil(from + wait)));
}
