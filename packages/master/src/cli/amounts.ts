/** Which quantity does a flag say? What cannot be read is refused with the flag's name before anything is started. */
import { parseNeededCpus, parseNeededMemory } from "@stint/shared/bag/task-needs.js";
import { TroubleError } from "@stint/shared/failures.js";
import { quoted, readAt } from "@stint/shared/misread.js";
import { parseAmount, parseDuration, parsePositiveDuration } from "@stint/shared/quantities.js";
import type { Duration, MicroUsd } from "@stint/shared/units.js";

/** @param where the flag or verb, as the user would point at it */
export const amountOf = (text: string, where: string): MicroUsd =>
  readAt({ kind: "usage", where }, parseAmount, text);
export const durationOf = (text: string, where: string): Duration =>
  readAt({ kind: "usage", where }, parseDuration, text);
export const positiveDurationOf = (text: string, where: string): Duration =>
  readAt({ kind: "usage", where }, parsePositiveDuration, text);
export const coresOf = (text: string, where: string): number =>
  readAt({ kind: "usage", where }, parseNeededCpus, text);
/** In bytes. */
export const memoryOf = (text: string, where: string): number =>
  readAt({ kind: "usage", where }, parseNeededMemory, text);

/** A whole number from `least`, up to `most` where there is one. */
export function countOf(
  text: string,
  where: string,
  { least, most = COUNT_MOST }: { readonly least: number; readonly most?: number },
): number {
  const count = /^\d+$/u.test(text) ? Number(text) : NaN;
  if (count >= least && count <= most) return count;
  throw new TroubleError({
    kind: "usage",
    code: "not-a-count",
    where,
    found: quoted(text),
    expected: `a whole number from ${String(least)} to ${String(most)}`,
    hint: `for example ${where} ${String(Math.min(most, Math.max(least, EXAMPLE)))}`,
  });
}

const COUNT_MOST = 2_147_483_647;
const EXAMPLE = 3;
