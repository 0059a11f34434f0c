/**
 * The quantities everyone counts in: money in whole micro-dollars, time in whole microseconds.
 * Each is a branded number, so that an amount cannot be passed where a duration is wanted.
 * Nothing here reads a clock, and nothing here parses text (see quantities.ts for that).
 */
import { invariant } from "./invariant.js";

declare const brand: unique symbol;

/** An amount of money in whole micro-dollars; may be negative only as a difference. */
export type MicroUsd = number & { readonly [brand]: "MicroUsd" };
/** A price in whole micro-dollars for one machine and one hour. */
export type MicroUsdPerHour = number & { readonly [brand]: "MicroUsdPerHour" };
/** A span of time in whole microseconds. */
export type Duration = number & { readonly [brand]: "Duration" };
/** A point on the run's own timeline, in whole microseconds since 1970-01-01T00:00Z. */
export type Instant = number & { readonly [brand]: "Instant" };

const whole = (value: number, what: string): number => {
  // Asked first: this is called for every quantity there is, and the facts are only for a claim that does not hold.
  if (!Number.isSafeInteger(value)) invariant(false, `${what} is a whole number`, { value });
  return value;
};

export const microUsd = (amount: number): MicroUsd => whole(amount, "an amount in micro-dollars") as MicroUsd;
export const microUsdPerHour = (price: number): MicroUsdPerHour => whole(price, "a price") as MicroUsdPerHour;
export const microseconds = (span: number): Duration => whole(span, "a duration in microseconds") as Duration;
export const instant = (at: number): Instant => whole(at, "an instant in microseconds") as Instant;

/** Fractional seconds are rounded to the nearest microsecond. */
export const seconds = (span: number): Duration => microseconds(Math.round(span * 1_000_000));
export const inSeconds = (span: Duration): number => span / 1_000_000;
export const minutes = (span: number): Duration => seconds(span * 60);
export const hours = (span: number): Duration => seconds(span * 3_600);

export const NO_TIME = 0 as Duration;
export const NO_MONEY = 0 as MicroUsd;

export const after = (at: Instant, span: Duration): Instant => (at + span) as Instant;
export const before = (at: Instant, span: Duration): Instant => (at - span) as Instant;
/** How long from `from` to `to`; negative when `to` lies earlier. */
export const between = (from: Instant, to: Instant): Duration => (to - from) as Duration;

export const earlier = (a: Instant, b: Instant): Instant => (a < b ? a : b);
export const later = (a: Instant, b: Instant): Instant => (a > b ? a : b);
export const shorter = (a: Duration, b: Duration): Duration => (a < b ? a : b);
export const longer = (a: Duration, b: Duration): Duration => (a > b ? a : b);
export const addTime = (a: Duration, b: Duration): Duration => (a + b) as Duration;
export const subtractTime = (a: Duration, b: Duration): Duration => (a - b) as Duration;
/** A span stretched or shrunk by a factor, rounded to the nearest microsecond. */
export const timesLonger = (span: Duration, factor: number): Duration =>
  microseconds(Math.round(span * factor));

export const add = (a: MicroUsd, b: MicroUsd): MicroUsd => microUsd(a + b);
export const subtract = (a: MicroUsd, b: MicroUsd): MicroUsd => microUsd(a - b);
/** A share of an amount, rounded down so that shares never add up to more than the whole. */
export const shareOf = (amount: MicroUsd, share: number): MicroUsd => microUsd(Math.floor(amount * share));
