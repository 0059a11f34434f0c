import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { massBeyond, withBeyond } from "./beyond-seen.js";
import { distributionOf } from "./distribution.js";

const ended = (seconds: number): { seconds: number; ended: number; censored: number } => ({
  seconds,
  ended: 1,
  censored: 0,
});
const oneByOne = (n: number): { ended: number; atRisk: number }[] =>
  Array.from({ length: n }, (_, index) => ({ ended: 1, atRisk: n - index }));

describe("what is longer than all that has been seen", () => {
  test("has one chance in n + 1 when all have ended", () => {
    for (const n of [1, 2, 30, 1000]) expect(massBeyond(oneByOne(n), 0)).toBeCloseTo(1 / (n + 1), 12);
  });

  test("is likelier when most of what runs has not been seen to end", () => {
    const early = [
      { ended: 1, atRisk: 30 },
      { ended: 1, atRisk: 4 },
    ];
    expect(massBeyond(early, (29 / 30) * (3 / 4))).toBeGreaterThan(1 / 31);
  });

  test("is taken from all alike, and no mass is lost", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0.1, max: 1e4, noNaN: true }), { minLength: 1, maxLength: 60 }),
        fc.double({ min: 0, max: 0.5, noNaN: true }),
        (points, beyond) => {
          const rising = [...points].sort((a, b) => a - b);
          const largest = rising.at(-1) ?? 0;
          const mass = rising.map(() => 1 / rising.length);
          const all = withBeyond({ points: rising, mass }, { beyond, largest, excess: 7 });
          expect(all.mass.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 9);
          expect([...all.points]).toEqual([...all.points].sort((a, b) => a - b));
          const later = all.points.reduce((sum, p, i) => sum + (p > largest ? (all.mass[i] ?? 0) : 0), 0);
          expect(later).toBeCloseTo(beyond, 9);
        },
      ),
    );
  });

  test("moves a mean that thirty tell by no more than its error, and a thousand hardly at all", () => {
    const few = distributionOf(Array.from({ length: 30 }, (_, index) => ended(100 + index)));
    expect(few.mean).toBeGreaterThan(114.5);
    expect(few.mean - 114.5).toBeLessThan(few.meanError);
    const many = distributionOf(Array.from({ length: 1000 }, (_, index) => ended(100 + index / 30)));
    expect(many.mean / (100 + 999 / 60)).toBeCloseTo(1, 3);
  });

  test("has its room in the law for the tail where tasks are alike but for chance", () => {
    // Medians of the thirtieths of a normal law with mean 100 and standard deviation 15, by symmetry.
    const upper = [
      0.042, 0.126, 0.21, 0.297, 0.385, 0.477, 0.573, 0.674, 0.784, 0.903, 1.036, 1.192, 1.383, 1.645, 2.128,
    ];
    const alike = distributionOf(upper.flatMap((z) => [ended(100 - 15 * z), ended(100 + 15 * z)]));
    expect(alike.mean).toBeGreaterThan(100);
    expect(alike.mean).toBeLessThan(101);
    const scattered = distributionOf(upper.flatMap((z) => [ended(100 - 40 * z), ended(100 + 40 * z)]));
    expect(scattered.mean).toBeGreaterThan(103);
  });

  test("is nothing where all take the same time", () => {
    expect(distributionOf([ended(60), ended(60), ended(60)]).mean).toBeCloseTo(60, 9);
  });
});
