/**
 * How a machine's time becomes money. The only place that charges: exact in BigInt, rounded up once a machine,
 * to a whole micro-dollar. Where prices change, each stretch of time costs what it was bought at.
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
  NO_TIME,
  seconds,
  shorter,
  timesLonger,
  type Duration,
  type Instant,
  type MicroUsd,
  type MicroUsdPerHour,
} from "@stint/shared/units.js";

const HOUR_US = 3_600_000_000;
const HOUR = BigInt(HOUR_US);

/** Time of a machine up to here, from the start of its bill, that was bought at this price. */
export interface Stretch {
  readonly until: Duration;
  readonly price: MicroUsdPerHour;
}

/** A tariff as one machine has it: what it buys from now on costs the tariff's price. */
export interface Terms extends Tariff {
  /** What it has bought at earlier prices, in order; absent while there has been one price only. */
  readonly bought?: readonly Stretch[];
}

/** What is billed for having a machine this long: whole ATUs, the minimum at least. */
export function billedTime(tariff: Tariff, span: Duration): Duration {
  const units = Math.ceil(longer(span, tariff.minimum) / tariff.atu);
  return (units * tariff.atu) as Duration;
}

/** The charge for having a machine this long, rounded up once. */
export function charge(terms: Terms, span: Duration): MicroUsd {
  const billed = billedTime(terms, span);
  if (terms.bought !== undefined) return roundedUp(worth(terms, NO_TIME, billed));
  // Whole hours cost whole amounts. Below 2^53 a product is exact as a number, and forecasts charge often.
  const beyond = billed % HOUR_US;
  const small = beyond * terms.price;
  if (small > Number.MAX_SAFE_INTEGER) return roundedUp(worth(terms, NO_TIME, billed));
  const rest = small % HOUR_US;
  return microUsd(
    ((billed - beyond) / HOUR_US) * terms.price + (small - rest) / HOUR_US + (rest > 0 ? 1 : 0),
  );
}

const roundedUp = (exact: bigint): MicroUsd => microUsd(Number((exact + HOUR - 1n) / HOUR));

/** What a machine's time costs between two points of its bill, exactly: micro-dollars an hour times microseconds. */
export function worth({ bought, price }: Terms, from: Duration, to: Duration): bigint {
  if (bought === undefined) return BigInt(to - from) * BigInt(price);
  let sum = 0n;
  let begins = from;
  for (const stretch of bought) {
    const ends = shorter(stretch.until, to);
    if (ends <= begins) continue;
    sum += BigInt(ends - begins) * BigInt(stretch.price);
    begins = ends;
  }
  return to > begins ? sum + BigInt(to - begins) * BigInt(price) : sum;
}

/** What is worth so much, shared by so many slots, rounded down. */
export const slotShare = (exact: bigint, slots: number): MicroUsd =>
  microUsd(Number(exact / (HOUR * BigInt(slots))));

/** A part of a bill at one price. */
export interface PricePeriod {
  readonly from: Instant;
  readonly to: Instant;
  readonly price: MicroUsdPerHour;
  /** Together they are the bill: each is what it adds to those before, rounded up. */
  readonly cost: MicroUsd;
}

/** The bill of a machine that was had this long, a part for each price; one at least. */
export function periodsOf(terms: Terms, billedFrom: Instant, span: Duration): PricePeriod[] {
  const billed = billedTime(terms, span);
  const stretches = (terms.bought ?? []).filter(({ until }) => until < billed);
  const last = (terms.bought ?? []).find(({ until }) => until >= billed)?.price ?? terms.price;
  let begins = NO_TIME;
  return [...stretches, { until: billed, price: last }].map(({ until, price }) => {
    const before = roundedUp(worth(terms, NO_TIME, begins));
    const cost = microUsd(roundedUp(worth(terms, NO_TIME, until)) - before);
    const period = { from: after(billedFrom, begins), to: after(billedFrom, until), price, cost };
    begins = until;
    return period;
  });
}

/** The price has changed: what is paid until there was bought at the old one. */
export function repriced(terms: Terms, paid: Duration, price: MicroUsdPerHour): Terms {
  const { bought = [], ...tariff } = terms;
  const last = bought.at(-1);
  const known =
    last !== undefined && last.until >= paid ? bought : [...bought, { until: paid, price: terms.price }];
  return { ...tariff, price, bought: known };
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

/** What one slot's time costs from now on, rounded down. */
export const slotCost = ({ price }: Tariff, slots: number, span: Duration): MicroUsd =>
  slotShare(BigInt(span) * BigInt(price), slots);
