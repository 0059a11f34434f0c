/** Quantities in the words of reasons. */
import { formatCount, formatDuration, formatMoney } from "@stint/shared/format.js";
import type { Duration, MicroUsd } from "@stint/shared/units.js";
import { NEVER } from "./reevaluate/because.js";

export const percent = (share: number): string => `${String(Math.round(share * 100))} %`;
export const counted = (count: number, noun: string): string =>
  `${formatCount(count)} ${noun}${count === 1 ? "" : "s"}`;
export const money = (amount: number | null): string =>
  amount === null ? "no limit" : formatMoney(amount as MicroUsd);
export const time = (span: number): string =>
  span >= NEVER
    ? "no foreseeable time"
    : span < 0
      ? `${formatDuration(-span as Duration)} ago`
      : formatDuration(span as Duration);
