/**
 * Which amount, price, duration, size, share or speed does a text say? Units are always written, and numbers are
 * read as whole numbers of the smallest unit, so that `0.1 usd` is exactly 100,000 micro-dollars.
 */
import { parseMeasure, type MeasureForm } from "./measure.js";
import { misread, quoted, type Misread } from "./misread.js";
import { done, type Result } from "./result.js";
import {
  microseconds,
  microUsd,
  microUsdPerHour,
  type Duration,
  type MicroUsd,
  type MicroUsdPerHour,
} from "./units.js";

type Parsed<T> = Result<T, Misread>;

const USD = 1_000_000n;
/** A thousand million dollars. */
export const AMOUNT_MOST = 1_000_000_000n * USD;
/** A million dollars an hour. */
export const PRICE_MOST = 1_000_000n * USD;
/** A hundred years. */
export const DURATION_MOST = 36_525n * 86_400_000_000n;
/** A pebibyte. */
export const SIZE_MOST = 1024n ** 5n;
export const SPEED = { least: 0.001, most: 1_000 } as const;

const AMOUNT: MeasureForm = {
  what: "an amount of money",
  example: "5usd or 0.05 usd",
  hintUnit: "usd",
  units: { usd: USD },
  most: AMOUNT_MOST,
  finest: "six decimals",
  refusedUnit: refusedMoney,
};

/** `5usd`, `0.05 usd`: above 0, at most six decimals. */
export function parseAmount(text: string): Parsed<MicroUsd> {
  const parsed = parseMeasure(text, AMOUNT);
  if (!parsed.ok) return parsed;
  if (parsed.value === 0n) {
    return misread("not-positive", {
      found: quoted(text),
      expected: "an amount above 0, as 5usd",
      hint: "leave the budget out where all clusters are free",
    });
  }
  return done(microUsd(Number(parsed.value)));
}

const PRICE: MeasureForm = {
  what: "a price for one machine and hour",
  example: "0.04 usd/h",
  hintUnit: " usd/h",
  units: { "usd/h": USD, "usd/hour": USD },
  most: PRICE_MOST,
  finest: "six decimals",
  refusedUnit: refusedPrice,
};

/** `0.04 usd/h`, `0 usd/hour`: for one machine, at most six decimals. */
export function parsePrice(text: string): Parsed<MicroUsdPerHour> {
  const parsed = parseMeasure(text, PRICE);
  return parsed.ok ? done(microUsdPerHour(Number(parsed.value))) : parsed;
}

const DURATION: MeasureForm = {
  what: "a duration",
  example: "10s, 2.27min or 1.5h",
  hintUnit: "s",
  units: {
    ms: 1_000n,
    s: 1_000_000n,
    m: 60_000_000n,
    min: 60_000_000n,
    h: 3_600_000_000n,
    d: 86_400_000_000n,
  },
  most: DURATION_MOST,
};

/** `10s`, `2.27min`, `1.5 h`; rounded to the nearest microsecond. */
export function parseDuration(text: string): Parsed<Duration> {
  const parsed = parseMeasure(text, DURATION);
  return parsed.ok ? done(microseconds(Number(parsed.value))) : parsed;
}

/** A duration that takes time. */
export function parsePositiveDuration(text: string): Parsed<Duration> {
  const parsed = parseDuration(text);
  if (!parsed.ok || parsed.value > 0) return parsed;
  return misread("not-positive", {
    found: quoted(text),
    expected: "a duration above 0, as 10s",
    hint: "units are ms, s, min, h, d",
  });
}

const SIZE: MeasureForm = {
  what: "a size",
  example: "512MiB or 2GB",
  hintUnit: "MB",
  units: { MB: 1_000_000n, GB: 1_000_000_000n, MiB: 1024n ** 2n, GiB: 1024n ** 3n },
  most: SIZE_MOST,
  refusedUnit: (unit) => {
    if (/^(?:k?i?b|bytes?)$/u.test(unit)) return "write it in MB or MiB";
    return /^[tp]i?b$/u.test(unit) ? "write it in GB or GiB" : undefined;
  },
};

/** `16MB`, `0.5 GiB`, in bytes. */
export function parseSize(text: string): Parsed<number> {
  const parsed = parseMeasure(text, SIZE);
  return parsed.ok ? done(Number(parsed.value)) : parsed;
}

const PERCENTAGE: MeasureForm = {
  what: "a percentage",
  example: "10%",
  hintUnit: "%",
  units: { "%": 1_000_000_000n },
  most: 1_000n * 1_000_000_000n,
};

/** `40%` as 0.4; up to 1000 %. */
export function parsePercentage(text: string): Parsed<number> {
  const parsed = parseMeasure(text, PERCENTAGE);
  return parsed.ok ? done(Number(parsed.value) / 1e11) : parsed;
}

/** A percentage of a whole: 0 to 1. */
export function parseShare(text: string): Parsed<number> {
  const parsed = parsePercentage(text);
  if (!parsed.ok || parsed.value <= 1) return parsed;
  return misread("out-of-range", {
    found: quoted(text),
    expected: "a share of a whole, from 0% to 100%",
    hint: "for example 40%",
  });
}

const RATE: MeasureForm = {
  what: "a rate by the hour",
  example: "0.01/h",
  hintUnit: "/h",
  units: { "/h": 1_000_000_000n, "/hour": 1_000_000_000n },
  most: 3_600n * 1_000_000_000n,
};

/** `0.01/h`: how often an hour. */
export function parseHourlyRate(text: string): Parsed<number> {
  const parsed = parseMeasure(text, RATE);
  return parsed.ok ? done(Number(parsed.value) / 1e9) : parsed;
}

/** A plain factor, the one quantity without a unit: 2 is twice as fast. */
export function parseSpeed(text: string): Parsed<number> {
  const speed = /^\d{1,9}(?:\.\d{1,9})?$/u.test(text.trim()) ? Number(text) : NaN;
  if (speed >= SPEED.least && speed <= SPEED.most) return done(speed);
  return misread("not-a-speed", {
    found: quoted(text),
    expected: `a factor from ${String(SPEED.least)} to ${String(SPEED.most)}, without a unit`,
    hint: "2 is twice as fast, 0.5 half as fast",
  });
}

const SIGNS = ["$", "€", "£", "¥"];
const isCurrency = (unit: string): boolean => /^[a-z]{3}$/u.test(unit) || SIGNS.includes(unit);

function refusedMoney(unit: string, number: string): string | undefined {
  if (["$", "dollar", "dollars"].includes(unit)) return `write ${number}usd`;
  if (/^usd\W/u.test(unit)) return "that is a price; a budget is an amount, as 5usd";
  return isCurrency(unit) ? `not yet: other currencies; write dollars, as ${number}usd` : undefined;
}

function refusedPrice(unit: string, number: string): string | undefined {
  const [money = "", time] = unit.split("/", 2).map((part) => part.trim());
  if (time !== undefined && /core|cpu|slot/u.test(time)) {
    return "not yet: prices by the core; multiply by the machine's cores and write usd/h";
  }
  if (money !== "usd" && isCurrency(money)) {
    return money === "$" ? `write ${number} usd/h` : "not yet: other currencies; write usd/h";
  }
  return money === "usd" && time === undefined ? `a price is by the hour: ${number} usd/h` : undefined;
}
