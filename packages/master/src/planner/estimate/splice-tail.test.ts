import { expect, test } from "vitest";
import fc from "fast-check";
import { spliceTail, type Points } from "./splice-tail.js";

const meanOf = ({ points, mass }: Points): number =>
  points.reduce((sum, point, index) => sum + point * (mass[index] ?? 0), 0);
const massOf = ({ mass }: Points): number => mass.reduce((sum, each) => sum + each, 0);
const equally = (points: readonly number[]): Points => ({
  points,
  mass: points.map(() => 1 / points.length),
});

/** Thirty runtimes, rising. */
const thirty = fc
  .array(fc.double({ min: 0.01, max: 10_000, noNaN: true }), { minLength: 30, maxLength: 30 })
  .map((drawn) => equally([...drawn].sort((a, b) => a - b)));

test("whatever was seen, the mean and the whole of the probability stay", () => {
  fc.assert(
    fc.property(thirty, (seen) => {
      const spliced = spliceTail(seen, 30);
      expect(massOf(spliced)).toBeCloseTo(1, 9);
      expect(meanOf(spliced) / meanOf(seen)).toBeCloseTo(1, 6);
    }),
  );
});

test("something lies beyond the largest of a few observations, and the points still rise", () => {
  const seen = equally(Array.from({ length: 30 }, (_, index) => 10 + index));
  const { points } = spliceTail(seen, 30);
  expect(Math.max(...points)).toBeGreaterThan(39);
  expect([...points].sort((a, b) => a - b)).toEqual(points);
});

test.each([
  ["of five observations", 5],
  ["where thousands speak for themselves", 5_000],
])("nothing is put in the place %s", (_, count) => {
  const seen = equally([1, 2, 3, 4, 50]);
  expect(spliceTail(seen, count)).toBe(seen);
});
