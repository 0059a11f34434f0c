/** Quantities as documents have them: dollars and seconds with six decimals, instants as RFC 3339. */
import type { Duration, Instant, MicroUsd } from "@stint/shared/units.js";
import { isoInstant } from "./iso-instant.js";

/** Micro-dollars as a decimal number of dollars; exact in its six digits. */
export const usd = (amount: MicroUsd): number => Number((amount / 1_000_000).toFixed(6));
export const secondsOf = (span: number): number => Number((span / 1_000_000).toFixed(6));
export const secondsOrNull = (span: Duration | undefined): number | null =>
  span === undefined ? null : secondsOf(span);
export const stampOf = isoInstant;
export const stamp = (at: Instant | undefined): string | null => (at === undefined ? null : isoInstant(at));
