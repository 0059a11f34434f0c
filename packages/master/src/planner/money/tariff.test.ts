import type { Tariff } from "@stint/shared/cluster.js";
import { instant, microseconds, microUsdPerHour, type Duration } from "@stint/shared/units.js";
import fc from "fast-check";
import { expect, test } from "vitest";
import { billedTime, charge, periodsOf, repriced, worth, type Terms } from "./tariff.js";

const tariffs: fc.Arbitrary<Tariff> = fc
  .record({
    price: fc.integer({ min: 0, max: 5_000_000 }),
    atu: fc.constantFrom(1, 1_000_000, 60_000_000, 3_600_000_000),
    minimum: fc.constantFrom(0, 60_000_000),
  })
  .map(({ price, atu, minimum }) => ({
    price: microUsdPerHour(price),
    atu: microseconds(atu),
    minimum: microseconds(minimum),
    grace: microseconds(0),
  }));

/** So many units are paid each time, and then the price changes. */
const leases = fc.array(fc.record({ units: fc.nat(40), price: fc.integer({ min: 0, max: 5_000_000 }) }), {
  maxLength: 8,
});

function had(tariff: Tariff, bought: readonly { readonly units: number; readonly price: number }[]) {
  let terms: Terms = tariff;
  let paid = billedTime(tariff, microseconds(0));
  for (const { units, price } of bought) {
    paid = microseconds(paid + units * tariff.atu);
    terms = repriced(terms, paid, microUsdPerHour(price));
  }
  return { terms, paid };
}

test("what is paid for already costs what it cost when it was bought, whatever prices do afterwards", () => {
  fc.assert(
    fc.property(tariffs, leases, fc.nat(1000), (tariff, bought, share) => {
      const { terms, paid } = had(tariff, bought);
      const span = microseconds(Math.floor((paid * share) / 1000));
      const later = repriced(terms, paid, microUsdPerHour(9_999_999));
      expect(charge(later, span)).toBe(charge(terms, span));
    }),
  );
});

test("a price that changes to itself changes no charge", () => {
  fc.assert(
    fc.property(tariffs, leases, fc.nat(10_000_000), (tariff, bought, span) => {
      const same = bought.map(({ units }) => ({ units, price: tariff.price }));
      const { terms } = had(tariff, same);
      expect(charge(terms, microseconds(span))).toBe(charge(tariff, microseconds(span)));
    }),
  );
});

test("the periods of a bill follow one another and add up to it, to the micro-dollar", () => {
  fc.assert(
    fc.property(tariffs, leases, fc.nat(2000), (tariff, bought, share) => {
      const { terms, paid } = had(tariff, bought);
      const span = microseconds(Math.floor((paid * share) / 1000));
      const billed = billedTime(tariff, span);
      const periods = periodsOf(terms, instant(1000), span);
      expect(periods[0]?.from).toBe(1000);
      expect(periods.at(-1)?.to).toBe(1000 + billed);
      periods.slice(1).forEach(({ from }, place) => expect(from).toBe(periods[place]?.to));
      expect(periods.reduce((sum, { cost }) => sum + cost, 0)).toBe(charge(terms, span));
      const exact = periods.reduce((sum, { from, to, price }) => sum + BigInt(to - from) * BigInt(price), 0n);
      expect(exact).toBe(worth(terms, microseconds(0), billed));
      expect(BigInt(charge(terms, span))).toBe((exact + 3_599_999_999n) / 3_600_000_000n);
    }),
  );
});

test("an hour bought at 1 dollar and one at 3 cost 4, a row each", () => {
  const hour = microseconds(3_600_000_000);
  const tariff: Tariff = {
    price: microUsdPerHour(1_000_000),
    atu: hour,
    minimum: 0 as Duration,
    grace: 0 as Duration,
  };
  const terms = repriced(tariff, hour, microUsdPerHour(3_000_000));
  expect(charge(terms, microseconds(hour + 1))).toBe(4_000_000);
  expect(periodsOf(terms, instant(0), microseconds(hour + 1))).toEqual([
    { from: 0, to: hour, price: 1_000_000, cost: 1_000_000 },
    { from: hour, to: 2 * hour, price: 3_000_000, cost: 3_000_000 },
  ]);
});
