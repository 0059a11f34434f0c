/**
 * How a machine's time becomes money. The only place that charges: exact in BigInt, rounded up once a machine,
 * to a whole micro-dollar.
 */
import type { Tariff } from "@stint/shared/cluster.js";
import {
  addTime,
  after,
  between,
  longer,
  microseconds,
  microUsd,
  minutes,
  seconds,
  shorter,
  timesLonger,
  type Duration,
  type Instant,
  type MicroUsd,
} from "@stint/shared/units.js";

const HOUR_US = 3_600_000_000;
const HOUR = BigInt(HOUR_US);

/** What is billed for having a machine this long: whole ATUs, the minimum at least. */
export function billedTime(tariff: Tariff, span: Duration): Duration {
  const units = Math.ceil(longer(span, tariff.minimum) / tariff.atu);
  return (units * tariff.atu) as Duration;
}

/** The charge for having a machine this long, rounded up once. */
export function charge(tariff: Tariff, span: Duration): MicroUsd {
  const billed = billedTime(tariff, span);
  const small = billed * tariff.price;
  // Below 2^53 a product is exact as a number, and forecasts charge often.
  if (small <= Number.MAX_SAFE_INTEGER) {
    const rest = small % HOUR_US;
    return microUsd((small - rest) / HOUR_US + (rest > 0 ? 1 : 0));
  }
  const exact = BigInt(billed) * BigInt(tariff.price);
  return microUsd(Number((exact + HOUR - 1n) / HOUR));
}

/** The end of what must be paid whatever happens, for a machine billed from `billedFrom` and still there at `now`. */
export const owedUntil = (tariff: Tariff, billedFrom: Instant, now: Instant): Instant =>
  after(billedFrom, billedTime(tariff, between(billedFrom, now)));

/** A lease is asked for this far ahead at least, so that an agent hears of it before it has to end. */
export const LEASE_MARGIN = seconds(3);
/** Renewing less often than this is no relief, and waiting for it may leave money unused. */
const COMFORT = minutes(1);
/** What one machine's least step may take of the budget; a comfortable one would leave too little to move. */
const BUDGET_SHARE = 0.05;

/**
 * The least step of paid-until, in whole ATUs: a comfortable minute, less where that is much of the budget, but
 * always long enough to be renewed before a machine has to end.
 */
export function quantum(tariff: Tariff, budget: MicroUsd | undefined): Duration {
  const renewable = timesLonger(addTime(tariff.grace, LEASE_MARGIN), 2);
  const share = budget === undefined || tariff.price === 0 ? COMFORT : timeFor(tariff, budget * BUDGET_SHARE);
  const least = longer(longer(tariff.atu, tariff.minimum), longer(renewable, shorter(COMFORT, share)));
  return (Math.ceil(least / tariff.atu) * tariff.atu) as Duration;
}

/** How long a machine can be had for an amount, units and minimum left aside. */
export const timeFor = (tariff: Tariff, amount: number): Duration =>
  microseconds(Math.max(0, Math.min(Math.floor((amount / tariff.price) * HOUR_US), Number.MAX_SAFE_INTEGER)));

/** The price of one slot's time, rounded down: what an attempt is charged. */
export function slotCost(tariff: Tariff, slots: number, span: Duration): MicroUsd {
  return microUsd(Number((BigInt(span) * BigInt(tariff.price)) / (HOUR * BigInt(slots))));
}
