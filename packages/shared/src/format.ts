/**
 * How do money, time and counts read to a person? For screens only: files that a machine reads have plain
 * numbers with the unit in the name of the field.
 */
import { invariant } from "./invariant.js";
import { inSeconds, microUsd, seconds, timesLonger, type Duration, type MicroUsd } from "./units.js";

const MONEY_DECIMALS = { least: 2, most: 6 } as const;

/**
 * Exact to the micro-dollar: `$5.00`, `$0.000667`, `-$1.20`, `$1,234.50`. At least two decimals; more are
 * asked for so that the amounts of one column have the same number of them.
 */
export function formatMoney(amount: MicroUsd, decimalsLeast: number = MONEY_DECIMALS.least): string {
  const digits = String(Math.abs(amount)).padStart(7, "0");
  const decimals = Math.max(decimalsLeast, decimalsIn(amount));
  return `${amount < 0 ? "-" : ""}$${grouped(digits.slice(0, -6))}.${digits.slice(-6).slice(0, decimals)}`;
}

/** The fewest decimals, 2 to 6, with which each of these amounts is shown exactly. */
export const exactDecimals = (amounts: readonly MicroUsd[]): number =>
  Math.max(MONEY_DECIMALS.least, ...amounts.map(decimalsIn));

function decimalsIn(amount: MicroUsd): number {
  const fraction = String(Math.abs(amount)).padStart(7, "0").slice(-6);
  return Math.max(MONEY_DECIMALS.least, fraction.replace(/0+$/u, "").length);
}

/**
 * Decimals for exact amounts that change while they are looked at: all six as soon as one is not whole cents,
 * so that a column does not jump with each trailing zero.
 */
export const steadyDecimals = (amounts: readonly MicroUsd[]): number =>
  exactDecimals(amounts) === MONEY_DECIMALS.least ? MONEY_DECIMALS.least : MONEY_DECIMALS.most;

/** Rounded to the nearest unit of that many decimals (2 to 6): for forecasts. */
export function formatMoneyAbout(amount: MicroUsd, decimals: number): string {
  invariant(decimals >= 0 && decimals <= MONEY_DECIMALS.most, "money has up to six decimals", { decimals });
  const unit = 10 ** (MONEY_DECIMALS.most - decimals);
  return formatMoney((Math.round(amount / unit) * unit) as MicroUsd, decimals);
}

/** Decimals for rounded amounts up to this one: at least three digits of it, so 2 from $1, 4 from 1 cent, else 6. */
export function decimalsForScale(largest: MicroUsd): number {
  if (largest >= 1_000_000 || largest === 0) return 2;
  return largest >= 10_000 ? 4 : 6;
}

/** Rounded up to three digits, as an amount to ask for: $4.1113 becomes $4.12. */
export function roundedUp(amount: MicroUsd): MicroUsd {
  const unit = 10 ** Math.max(0, String(Math.abs(amount)).length - 3);
  return microUsd(Math.ceil(amount / unit) * unit);
}

/** The amount as a flag takes it: `0.12usd`. */
export const formatMoneyFlag = (amount: MicroUsd): string =>
  `${formatMoney(amount).slice(1).replaceAll(",", "")}usd`;

/** At most two units, the smaller one padded: `420 ms`, `4.2 s`, `42 s`, `4 min 05 s`, `2 h 05 min`, `3 d 04 h`. */
export function formatDuration(span: Duration): string {
  if (span < 0) return `-${formatDuration(timesLonger(span, -1))}`;
  if (span === 0) return "0 s";
  if (span < 999_500) return span < 500 ? "<1 ms" : `${String(Math.round(span / 1_000))} ms`;
  if (span < 9_950_000) return `${inSeconds(span).toFixed(1)} s`;
  const whole = Math.round(inSeconds(span));
  if (whole < 60) return `${String(whole)} s`;
  if (whole < 3_600) return twoUnits(whole, 60, "min", "s");
  const wholeMinutes = Math.round(whole / 60);
  if (wholeMinutes < 1_440) return twoUnits(wholeMinutes, 60, "h", "min");
  return twoUnits(Math.round(wholeMinutes / 60), 24, "d", "h");
}

const twoUnits = (amount: number, ratio: number, large: string, small: string): string =>
  `${grouped(String(Math.floor(amount / ratio)))} ${large} ${String(amount % ratio).padStart(2, "0")} ${small}`;

interface Unit {
  readonly seconds: number;
  readonly name: string;
}
const SECOND: Unit = { seconds: 1, name: "s" };
const UNITS: readonly Unit[] = [
  { seconds: 86_400, name: "d" },
  { seconds: 3_600, name: "h" },
  { seconds: 60, name: "min" },
];

/**
 * A forecast of time in one unit: `12–18 min`, `1.5–3.2 h`, `41 min` when both ends read the same. Forecasts
 * that are compared are given the same `scale`, which decides the unit.
 */
export function formatTimeRange(
  spread: { readonly p50: Duration; readonly p90: Duration },
  scale: Duration = spread.p90,
): string {
  // A unit is left for the next larger one at twice its size: 90 s says more than 1.5 min.
  const unit = UNITS.find((one) => inSeconds(scale) >= 2 * one.seconds) ?? SECOND;
  const ends = [spread.p50, spread.p90].map((span) => inSeconds(span) / unit.seconds);
  const fine = ends.map((end) => end.toFixed(1));
  const whole = Math.min(...ends) >= 10 || fine.every((end) => end.endsWith(".0"));
  const [low = "", high = ""] = whole ? ends.map((end) => grouped(end.toFixed(0))) : fine;
  return low === high ? `${low} ${unit.name}` : `${low}–${high} ${unit.name}`;
}

/** A forecast of money: `$4.31–$4.80`, one amount when both ends read the same. */
export function formatMoneyRange(
  spread: { readonly p50: MicroUsd; readonly p90: MicroUsd },
  decimals: number,
): string {
  const [low, high] = [formatMoneyAbout(spread.p50, decimals), formatMoneyAbout(spread.p90, decimals)];
  return low === high ? low : `${low}–${high}`;
}

/** `1,000`; not negative. */
export function formatCount(count: number): string {
  invariant(Number.isSafeInteger(count) && count >= 0, "a count is a whole number", { count });
  return grouped(String(count));
}

/** Time gone as a clock shows it: `0:04:05`, `26:00:00`; negative spans read as none. */
export function formatClock(span: Duration): string {
  const whole = Math.max(0, Math.floor(inSeconds(span)));
  const two = (amount: number): string => String(amount).padStart(2, "0");
  return `${String(Math.floor(whole / 3_600))}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
}

/** How many a minute, or an hour when it is less than one a minute: `96/min`, `12/h`. */
export function formatSpeed(perSecond: number): string {
  const perMinute = perSecond * 60;
  if (perMinute >= 10) return `${formatCount(Math.round(perMinute))}/min`;
  if (perMinute >= 1) return `${perMinute.toFixed(1)}/min`;
  const perHour = perMinute * 60;
  return `${perHour >= 10 ? String(Math.round(perHour)) : perHour.toFixed(1)}/h`;
}

/** A probability, never shown as certain: `97 %`, `>99 %`, `<1 %`. */
export function formatShare(share: number): string {
  if (share > 0.995) return ">99 %";
  return share < 0.005 && share > 0 ? "<1 %" : `${String(Math.round(share * 100))} %`;
}

const grouped = (digits: string): string => digits.replace(/\B(?=(?:\d{3})+$)/gu, ",");

/** A span given in seconds, as documents have it. */
export const formatSeconds = (span: number): string => formatDuration(seconds(span));
