import fc from "fast-check";
import { expect, test } from "vitest";
import { sixDecimals } from "./rows.js";

test("millionths are exact with six decimals", () => {
  expect([0, 1, -1, 1_500_000, -2_000_001, 1_767_323_045_678_901].map(sixDecimals)).toEqual([
    "0.000000",
    "0.000001",
    "-0.000001",
    "1.500000",
    "-2.000001",
    "1767323045.678901",
  ]);
  fc.assert(
    fc.property(fc.maxSafeInteger(), (millionths) => {
      expect(BigInt(sixDecimals(millionths).replace(".", ""))).toBe(BigInt(millionths));
    }),
  );
});
