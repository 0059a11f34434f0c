/**
 * The words of which documents are made: a field that is not known is null, money is decimal dollars, durations are
 * seconds, instants are RFC 3339 in UTC.
 */
import { z } from "zod";

export const count = z.int().nonnegative();
export const usd = z.number().describe("US dollars, six decimals");
export const seconds = z.number().describe("seconds");
export const stamp = z.iso.datetime().describe("RFC 3339, UTC");
export const spread = <T extends z.ZodType>(value: T) => z.strictObject({ p50: value, p90: value });

/** The words of `--choose`. */
export const offerName = z.enum(["cheapest", "cheapest+20", "fastest-20", "fastest"]);
export type OfferWord = z.infer<typeof offerName>;

/** Money as a person writes it; the pattern is what is promised, and whoever reads it says what is wrong. */
export const amount = z
  .string()
  .max(40)
  .describe("as 5usd")
  .meta({ pattern: String.raw`^(?=.*[1-9])[0-9]{1,9}(\.[0-9]{1,6})? ?usd$` });

/** A task's number, from 1. */
export const taskNumber = z.int().positive();
