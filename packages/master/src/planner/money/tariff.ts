/**
 * How a machine's time becomes money. The only place that charges: exact in BigInt, rounded up once a machine,
 * to a whole micro-dollar.
 */
import type { Tariff } from "@stint/shared/cluster.js";
import {
  after,
  between,
  longer,
  microUsd,
  minutes,
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

/** The least step of paid-until, in whole ATUs. */
export function quantum(tariff: Tariff): Duration {
  const least = longer(longer(tariff.atu, tariff.minimum), longer(minutes(1), timesLonger(tariff.grace, 2)));
  return (Math.ceil(least / tariff.atu) * tariff.atu) as Duration;
}

/** The price of one slot's time, rounded down: what an attempt is charged. */
export function slotCost(tariff: Tariff, slots: number, span: Duration): MicroUsd {
  return microUsd(Number((BigInt(span) * BigInt(tariff.price)) / (HOUR * BigInt(slots))));
}
