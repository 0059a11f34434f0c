import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { TroubleError } from "./failures.js";
import { readAt, type Misread } from "./misread.js";
import {
  AMOUNT_MOST,
  parseAmount,
  parseDuration,
  parseHourlyRate,
  parsePercentage,
  parsePositiveDuration,
  parsePrice,
  parseShare,
  parseSize,
  parseSpeed,
} from "./quantities.js";
import type { Result } from "./result.js";

type Parser = (text: string) => Result<number, Misread>;
const valueOf = (parse: Parser, text: string): number => {
  const result = parse(text);
  if (!result.ok) throw new Error(`${text}: found ${result.failure.found}`);
  return result.value;
};
const refusalOf = (parse: Parser, text: string): Misread => {
  const result = parse(text);
  if (result.ok) throw new Error(`${text} was taken for ${String(result.value)}`);
  return result.failure;
};

describe("what is written exactly is read exactly", () => {
  test.each<[string, Parser, number]>([
    ["5usd", parseAmount, 5_000_000],
    ["0.05 usd", parseAmount, 50_000],
    ["0.000001usd", parseAmount, 1],
    [" 12.345678 USD ", parseAmount, 12_345_678],
    ["0.1000000usd", parseAmount, 100_000],
    ["+5usd", parseAmount, 5_000_000],
    ["1000000000usd", parseAmount, Number(AMOUNT_MOST)],
    ["0.04 usd/h", parsePrice, 40_000],
    ["0.04usd/hour", parsePrice, 40_000],
    ["0.04 usd / h", parsePrice, 40_000],
    ["0 usd/h", parsePrice, 0],
    ["10s", parseDuration, 10_000_000],
    ["2.27min", parseDuration, 136_200_000],
    ["5m", parseDuration, 300_000_000],
    ["1.5 h", parseDuration, 5_400_000_000],
    ["250ms", parseDuration, 250_000],
    ["2d", parseDuration, 172_800_000_000],
    ["0s", parseDuration, 0],
    ["0.3333333333s", parseDuration, 333_333],
    ["16MB", parseSize, 16_000_000],
    ["0.5 GiB", parseSize, 536_870_912],
    ["1GB", parseSize, 1_000_000_000],
    ["3MiB", parseSize, 3_145_728],
    ["40%", parsePercentage, 0.4],
    ["0.1 %", parsePercentage, 0.001],
    ["100%", parseShare, 1],
    ["0.01/h", parseHourlyRate, 0.01],
    ["4", parseSpeed, 4],
    ["0.5", parseSpeed, 0.5],
  ])("%s", (text, parse, value) => {
    expect(valueOf(parse, text)).toBe(value);
  });

  test("an amount with up to six decimals loses nothing", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9e14 }), (amount) => {
        const digits = String(amount).padStart(7, "0");
        const text = `${digits.slice(0, -6)}.${digits.slice(-6)}usd`;
        expect(valueOf(parseAmount, text)).toBe(amount);
        expect(
          valueOf(parsePrice, `${digits.slice(0, -6)}.${digits.slice(-6)} usd/h`.replace(/^\d{7,}/u, "7")),
        ).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe("what is not is refused, and a hint says what to write", () => {
  test.each<[string, Parser, string, string]>([
    ["5", parseAmount, "bare-number", "5usd"],
    ["0.05", parseAmount, "bare-number", "0.05usd"],
    ["", parseAmount, "not-a-quantity", "5usd"],
    ["usd", parseAmount, "not-a-quantity", "5usd"],
    ["0usd", parseAmount, "not-positive", "free"],
    ["-5usd", parseAmount, "out-of-range", "5usd"],
    ["0.0000001usd", parseAmount, "too-fine", "round"],
    ["5.1234567usd", parseAmount, "too-fine", "round"],
    ["1000000001usd", parseAmount, "out-of-range", "5usd"],
    ["99999999999999999999usd", parseAmount, "not-a-quantity", "5usd"],
    ["5eur", parseAmount, "not-yet", "5usd"],
    ["5 EUR", parseAmount, "not-yet", "5usd"],
    ["€5", parseAmount, "not-yet", "5usd"],
    ["$5", parseAmount, "unknown-unit", "5usd"],
    ["5 dollars", parseAmount, "unknown-unit", "5usd"],
    ["5usd/h", parseAmount, "unknown-unit", "price"],
    ["5sud", parseAmount, "not-yet", "usd"],
    ["5,00usd", parseAmount, "not-a-quantity", "decimal point"],
    ["1,000usd", parseAmount, "not-a-quantity", "no commas"],
    ["1e3usd", parseAmount, "unknown-unit", "usd"],
    ["five usd", parseAmount, "not-a-quantity", "5usd"],
    ["5usd 6usd", parseAmount, "unknown-unit", "usd"],
    ["0.04", parsePrice, "bare-number", "0.04 usd/h"],
    ["0.04 usd", parsePrice, "unknown-unit", "0.04 usd/h"],
    ["0.01 usd/core-hour", parsePrice, "not-yet", "cores"],
    ["0.01 usd/core hour", parsePrice, "not-yet", "cores"],
    ["0.01 eur/h", parsePrice, "not-yet", "usd/h"],
    ["0.04 usd/s", parsePrice, "unknown-unit", "usd/h"],
    ["-1 usd/h", parsePrice, "out-of-range", "usd/h"],
    ["0.0000004 usd/h", parsePrice, "too-fine", "round"],
    ["10", parseDuration, "bare-number", "10s"],
    ["10 sec", parseDuration, "unknown-unit", '"s"'],
    ["10 minutes", parseDuration, "unknown-unit", '"min"'],
    ["1h30m", parseDuration, "unknown-unit", "units are"],
    ["10 S", parseDuration, "unknown-unit", "s"],
    ["-1s", parseDuration, "out-of-range", "10s"],
    ["0.0001ms", parseDuration, "out-of-range", "10s"],
    ["36526d", parseDuration, "out-of-range", "10s"],
    [".5s", parseDuration, "not-a-quantity", "10s"],
    ["5.s", parseDuration, "not-a-quantity", "10s"],
    ["0s", parsePositiveDuration, "not-positive", "ms"],
    ["16", parseSize, "bare-number", "16MB"],
    ["16mb", parseSize, "unknown-unit", "MB"],
    ["16KB", parseSize, "unknown-unit", "write it in MB"],
    ["0B", parseSize, "unknown-unit", "write it in MB"],
    ["999TB", parseSize, "unknown-unit", "write it in GB"],
    ["0.4", parsePercentage, "bare-number", "%"],
    ["101%", parseShare, "out-of-range", "40%"],
    ["0.01", parseHourlyRate, "bare-number", "/h"],
    ["0.01/min", parseHourlyRate, "unknown-unit", "/h"],
    ["0", parseSpeed, "not-a-speed", "twice as fast"],
    ["2x", parseSpeed, "not-a-speed", "twice as fast"],
    ["-1", parseSpeed, "not-a-speed", "twice as fast"],
    ["NaN", parseSpeed, "not-a-speed", "twice as fast"],
    ["1e-9", parseSpeed, "not-a-speed", "twice as fast"],
  ])("%s", (text, parse, code, hint) => {
    const refusal = refusalOf(parse, text);
    expect(refusal).toMatchObject({ code, hint: expect.stringContaining(hint) as string });
    expect(refusal.found).not.toBe("");
    expect(refusal.expected).not.toBe("");
  });
});

const PARSERS: readonly Parser[] = [
  parseAmount,
  parsePrice,
  parseDuration,
  parsePositiveDuration,
  parseSize,
  parsePercentage,
  parseShare,
  parseHourlyRate,
  parseSpeed,
];
const nearQuantity = fc
  .tuple(
    fc.constantFrom("", "-", "$", "€"),
    fc.stringMatching(/^[0-9., ]{0,25}$/u),
    fc.constantFrom(
      "usd",
      "usd/h",
      "usd/core-hour",
      "s",
      "min",
      "%",
      "/h",
      "GiB",
      "\u0000",
      "e5",
      "__proto__",
    ),
  )
  .map((parts) => parts.join(""));

test("any text is read or refused, in bounds and without control characters in the refusal", () => {
  fc.assert(
    fc.property(fc.oneof(nearQuantity, fc.string({ unit: "binary" })), (text) => {
      for (const parse of PARSERS) {
        const result = parse(text);
        if (result.ok) expect(result.value >= 0 && result.value <= Number.MAX_SAFE_INTEGER).toBe(true);
        else expect(Object.values(result.failure).join("")).not.toMatch(/\p{Cc}/u);
      }
    }),
    { numRuns: 1_000 },
  );
});

test("trouble says where, and is of the kind of its place", () => {
  try {
    readAt({ kind: "usage", where: "--budget" }, parseAmount, "5");
    expect.unreachable();
  } catch (cause) {
    expect(cause).toBeInstanceOf(TroubleError);
    expect((cause as TroubleError).trouble).toMatchObject({
      kind: "usage",
      where: "--budget",
      code: "bare-number",
    });
  }
});

test("whatever is too much is told the limit", () => {
  const limitOf = (parsed: { readonly ok: boolean }): string =>
    (parsed as unknown as { failure: { expected: string } }).failure.expected;
  expect(limitOf(parseDuration("36526d"))).toContain("at most 36525d");
  expect(limitOf(parseAmount("1000000001usd"))).toContain("at most 1000000000usd");
  expect(limitOf(parsePrice("1000001 usd/h"))).toContain("at most 1000000 usd/h");
  expect(limitOf(parseSize("1048577GiB"))).toContain("at most 1048576GiB");
});
