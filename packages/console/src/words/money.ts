/** Dollars of documents as a person reads them: always with the sign, and a column's amounts with the same decimals. */
import {
  decimalsForScale,
  exactDecimals,
  formatMoney,
  formatMoneyAbout,
  formatMoneyRange,
} from "@stint/shared/format.js";
import { microUsd, type MicroUsd } from "@stint/shared/units.js";

export interface Spread {
  readonly p50: number;
  readonly p90: number;
}

/** Three digits of a small amount say as much as six. */
const decimalsFor = (usd: number): number =>
  Math.abs(usd) < 0.01 && Math.abs(usd) >= 0.001 ? 5 : decimalsForScale(micro(Math.abs(usd)));

const micro = (usd: number): MicroUsd => microUsd(Math.round(usd * 1_000_000));

/** To the micro-dollar, as what has been paid. */
export const exactUsd = (usd: number): string => formatMoney(micro(usd));

/** To the micro-dollar, each with as many decimals as the one that needs most. */
export function columnOfUsd(amounts: readonly number[]): (usd: number) => string {
  const decimals = exactDecimals(amounts.map(micro));
  return (usd) => formatMoney(micro(usd), decimals);
}

/** Rounded to what its size, or that of what it stands beside, lets a person read. */
export const aboutUsd = (usd: number, scale: number = usd): string =>
  formatMoneyAbout(micro(usd), decimalsFor(scale));

export const usdRange = ({ p50, p90 }: Spread, scale: number = p90): string =>
  formatMoneyRange({ p50: micro(p50), p90: micro(p90) }, decimalsFor(scale));

/** As a request writes it; an amount that a person typed may come with a sign or a comma. */
export function usdWord(text: string): string | undefined {
  const number = text
    .trim()
    .toLowerCase()
    .replace(/^\$/u, "")
    .replace(/usd$/u, "")
    .replaceAll(",", "")
    .trim();
  return /^\d{1,9}(?:\.\d{1,6})?$/u.test(number) && Number(number) > 0 ? `${number}usd` : undefined;
}
