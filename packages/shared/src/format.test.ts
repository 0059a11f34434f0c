import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  decimalsForScale,
  exactDecimals,
  formatClock,
  formatCount,
  formatDuration,
  formatMoney,
  formatMoneyAbout,
  formatMoneyFlag,
  formatMoneyRange,
  formatShare,
  formatSpeed,
  formatTimeRange,
  roundedUp,
  steadyDecimals,
} from "./format.js";
import { microUsd, microseconds, minutes, seconds, type MicroUsd } from "./units.js";

describe("money", () => {
  test.each([
    [0, "$0.00"],
    [667, "$0.000667"],
    [5_000_000, "$5.00"],
    [1_234_500, "$1.2345"],
    [1_234_500_000, "$1,234.50"],
    [-1_200_000, "-$1.20"],
    [1, "$0.000001"],
  ])("%i micro-dollars read %s", (amount, text) => {
    expect(formatMoney(microUsd(amount))).toBe(text);
  });

  test("a shown amount, read again, is the amount", () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), (amount) => {
        const text = formatMoney(microUsd(amount)).replace("$", "").replaceAll(",", "");
        expect(Math.round(Number(text) * 1e6)).toBe(amount === 0 ? 0 : amount);
      }),
    );
  });

  test("amounts of one column have the same number of decimals", () => {
    const amounts = [microUsd(5_000_000), microUsd(1_234_500)];
    const decimals = exactDecimals(amounts);
    expect(amounts.map((amount) => formatMoney(amount, decimals))).toEqual(["$5.0000", "$1.2345"]);
  });

  test("amounts that change keep their decimals: two for whole cents, six for all others", () => {
    expect(steadyDecimals([microUsd(5_000_000), microUsd(20_000)])).toBe(2);
    expect(steadyDecimals([microUsd(5_000_000), microUsd(1_234_500)])).toBe(6);
  });

  test("a forecast is rounded, and one number when both ends read the same", () => {
    expect(formatMoneyAbout(microUsd(1_236_789), 2)).toBe("$1.24");
    expect(formatMoneyRange({ p50: microUsd(4_312_000), p90: microUsd(4_799_000) }, 2)).toBe("$4.31–$4.80");
    expect(formatMoneyRange({ p50: microUsd(4_312_000), p90: microUsd(4_313_000) }, 2)).toBe("$4.31");
  });

  test("small budgets get more decimals than large ones", () => {
    expect([1_000_000, 300_000, 5_000, 0].map((amount) => decimalsForScale(amount as MicroUsd))).toEqual([
      2, 4, 6, 2,
    ]);
  });

  test("an amount to ask for has three digits and is never too low", () => {
    expect([4_111_300, 411_300, 667, 12, 1_234_567_890].map((amount) => roundedUp(microUsd(amount)))).toEqual(
      [4_120_000, 412_000, 667, 12, 1_240_000_000],
    );
  });

  test("a flag takes an amount without dollar sign and commas", () => {
    expect(formatMoneyFlag(microUsd(1_234_500_000))).toBe("1234.50usd");
  });
});

describe("time", () => {
  test.each([
    [0, "0 s"],
    [0.0001, "<1 ms"],
    [0.42, "420 ms"],
    [0.9999, "1.0 s"],
    [4.24, "4.2 s"],
    [9.96, "10 s"],
    [59.6, "1 min 00 s"],
    [245, "4 min 05 s"],
    [3_599.7, "1 h 00 min"],
    [7_500, "2 h 05 min"],
    [86_399, "1 d 00 h"],
    [273_600, "3 d 04 h"],
  ])("%d seconds read %s", (span, text) => {
    expect(formatDuration(seconds(span))).toBe(text);
  });

  test.each([
    [12, 18, "12–18 min"],
    [0.3, 2.5, "0.3–2.5 min"],
    [1, 1.5, "60–90 s"],
    [90, 190, "1.5–3.2 h"],
    [118, 131, "2.0–2.2 h"],
    [41.2, 41.4, "41 min"],
    [0, 0, "0 s"],
  ])("a forecast of %d to %d minutes reads %s", (low, high, text) => {
    expect(formatTimeRange({ p50: minutes(low), p90: minutes(high) })).toBe(text);
  });

  test("forecasts that are compared have one unit, the scale's", () => {
    expect(formatTimeRange({ p50: minutes(118), p90: minutes(131) }, minutes(36))).toBe("118–131 min");
  });

  test("a clock shows hours beyond a day and nothing below zero", () => {
    expect(formatClock(seconds(93_600))).toBe("26:00:00");
    expect(formatClock(microseconds(-5))).toBe("0:00:00");
  });
});

test("counts have commas", () => {
  expect([0, 999, 1_000, 1_000_000].map(formatCount)).toEqual(["0", "999", "1,000", "1,000,000"]);
});

test("a speed is given by the minute, or by the hour when it is low", () => {
  expect([1.6, 0.05, 0.004, 0.0005].map(formatSpeed)).toEqual(["96/min", "3.0/min", "14/h", "1.8/h"]);
});

test("a share next to certainty does not read as certain", () => {
  expect([0, 0.001, 0.972, 0.999, 1].map(formatShare)).toEqual(["0 %", "<1 %", "97 %", ">99 %", ">99 %"]);
});
