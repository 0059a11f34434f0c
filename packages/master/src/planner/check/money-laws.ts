/**
 * Is the money that is spent, or may still be spent on what exists or may exist, within the budget? Charges are
 * computed here a second time, from the words of the tariff alone.
 */
import type { Tariff } from "@stint/shared/cluster.js";
import type { Instant } from "@stint/shared/units.js";
import { breaks, type SeenMachine, type Witness } from "./witness.js";

const MICROSECONDS_AN_HOUR = 3_600_000_000n;

/** What a machine costs that is had from its rent to `to`: whole units, the minimum at least, rounded up once. */
function priceOf(tariff: Tariff, { rentedAt, leases }: SeenMachine, to: Instant): bigint {
  const had = BigInt(to) - BigInt(rentedAt);
  const least = BigInt(tariff.minimum);
  const unit = BigInt(tariff.atu);
  const paidFor = had > least ? had : least;
  const end = BigInt(rentedAt) + roundUp(paidFor, unit) * unit;
  let [at, sum] = [BigInt(rentedAt), 0n];
  for (const [place, { until, price }] of leases.entries()) {
    // A minimum that is longer than all leases is paid at the price of the last.
    const last = place === leases.length - 1;
    const next = last || BigInt(until) > end ? end : BigInt(until);
    if (next > at) sum += (next - at) * price;
    if (next > at) at = next;
  }
  return roundUp(sum, MICROSECONDS_AN_HOUR);
}

const roundUp = (amount: bigint, unit: bigint): bigint => {
  const whole = amount / unit;
  return whole * unit < amount ? whole + 1n : whole;
};

const tariffOf = (seen: Witness, machine: SeenMachine): Tariff | undefined =>
  seen.settings.clusters[machine.cluster]?.tariff;

/** A lease up to its paid-until is bought at the price of this instant: sets what the machine may cost. */
export function reserve(seen: Witness, machine: SeenMachine): void {
  const tariff = tariffOf(seen, machine);
  if (tariff === undefined) return;
  machine.leases.push({ until: machine.paidUntil, price: seen.prices[machine.cluster] ?? 0n });
  seen.liable -= machine.liability;
  machine.liability = priceOf(tariff, machine, machine.paidUntil);
  seen.liable += machine.liability;
}

/** The bill of a machine that is gone; it is not billed for what lies after its paid-until. */
export function bill(seen: Witness, machine: SeenMachine): void {
  const tariff = tariffOf(seen, machine);
  seen.liable -= machine.liability;
  if (tariff === undefined) return;
  const end = seen.at < machine.paidUntil ? seen.at : machine.paidUntil;
  seen.billed += priceOf(tariff, machine, end);
}

/** A machine that never existed costs nothing. */
export function forgive(seen: Witness, machine: SeenMachine): void {
  seen.liable -= machine.liability;
}

/** To be called after every record. */
export function checkMoney(seen: Witness, record: string): void {
  const total = seen.billed + seen.liable;
  if (total <= seen.budget) return;
  const sum = `${seen.billed.toString()} billed and ${seen.liable.toString()} still liable`;
  breaks(
    seen,
    "money-within-budget",
    `after ${record}: ${sum} micro-dollars, the budget is ${seen.budget.toString()}`,
  );
}
