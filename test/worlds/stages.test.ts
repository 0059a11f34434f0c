/** Where hours are paid whole a plan may end with fewer machines than it begins with: how such a plan is carried out. */
import { expect, test } from "vitest";
import { simulate } from "@stint/master/simulate/simulate.js";
import { publishedCase } from "../scenarios/published-cases.js";

/** Sixteen fast machines would end the bag in little more than an hour; the money does not hold two hours of them all. */
const run = simulate(publishedCase({ speed: 4, price: 3, budget: 7, tasks: 300, seed: 2 }));
const accepted = run.frames
  .flatMap(({ decisions }) => decisions)
  .find((decision) => decision.kind === "accept-offer");

test("the plan that is picked wants many machines at first and fewer later", () => {
  const { configuration, later } = accepted?.offer ?? {};
  expect(later?.configuration[1]).toBeGreaterThan(0);
  expect(later?.configuration[1]).toBeLessThan(configuration?.[1] ?? 0);
});

test("those that are too many go at the ends of their units, and no second unit is paid for most of them", () => {
  const units = run.machines
    .filter(({ cluster }) => cluster === 1)
    .map(({ billedFrom, billedTo }) => Math.round((billedTo - billedFrom) / 3.6e9));
  const wanted = accepted?.offer.configuration[1] ?? 0;
  const kept = accepted?.offer.later?.configuration[1] ?? 0;
  expect(units.filter((count) => count === 1).length).toBeGreaterThan((wanted - kept) / 2);
  expect(units.reduce((sum, count) => sum + count, 0)).toBeLessThan(2 * wanted);
});

test("the bag ends within the budget, and no law is broken", () => {
  expect(run.summary.state).toBe("done");
  expect(run.summary.spent_usd).toBeLessThanOrEqual(7);
  expect(run.violations).toEqual([]);
});
