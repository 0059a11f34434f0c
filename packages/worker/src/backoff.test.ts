import { expect, test } from "vitest";
import { retryAfterMs } from "./backoff.js";

test("a master is called again after at most half a second, then up to ten seconds, by chance", () => {
  expect([1, 2, 3, 4, 5, 6, 7, 50, 2_000].map((failures) => retryAfterMs(failures, 1))).toEqual([
    500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000, 10_000, 10_000,
  ]);
  expect(retryAfterMs(1, 0)).toBe(0);
  expect(retryAfterMs(3, 0.25)).toBe(500);
});
