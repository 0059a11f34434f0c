import fc from "fast-check";
import { expect, test } from "vitest";
import { poissonAtLeast } from "./poisson.js";

test.each([
  [1, 1, 1 - Math.exp(-1)],
  [2, 0.5, 1 - Math.exp(-0.5) * 1.5],
  [3, 0.001, 1.6654e-10],
  [0, 5, 1],
  [3, 0, 0],
  [3, 1e6, 1],
])("at least %d where %d is expected", (count, mean, probability) => {
  expect(poissonAtLeast(count, mean) / (probability || 1)).toBeCloseTo(probability === 0 ? 0 : 1, 3);
});

test("is the less likely the more is asked, and the likelier the more is expected", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 60 }),
      fc.double({ min: 1e-6, max: 200, noNaN: true }),
      (count, mean) => {
        const asked = poissonAtLeast(count, mean);
        expect(asked).toBeGreaterThanOrEqual(0);
        expect(asked).toBeLessThanOrEqual(1);
        expect(poissonAtLeast(count + 1, mean)).toBeLessThanOrEqual(asked + 1e-9);
        expect(poissonAtLeast(count, mean * 1.1)).toBeGreaterThanOrEqual(asked - 1e-9);
      },
    ),
  );
});
