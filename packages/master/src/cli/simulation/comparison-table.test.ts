import { expect, test } from "vitest";
import { doneSummary, usd } from "../../../../../test/scenarios/golden/console/example-run.js";
import type { Summary } from "../../planner/report/summary.js";
import { comparisonLines } from "./comparison-table.js";
import type { Comparison, ImaginedRun } from "./comparison.js";

const input: Comparison["input"] = {
  runtimes: "bag.csv",
  clusters: "two.yaml",
  policy: "stint",
  choose: "fastest",
  seed: 1,
  tasks: 5_000,
};

/** One that picked an offer of this cost at P90, and was as sure to stay inside its budget. */
function ran(seed: number, p90: number, sure: number): ImaginedRun {
  const summary = doneSummary();
  const offers: Summary["offers"] = summary.offers.map((offer) => ({
    ...offer,
    ...(offer.name === summary.chosen && { cost_usd: { p50: 4, p90 }, p_within_budget: sure }),
  }));
  return { seed, budget: usd(5), summary: { ...summary, offers, budget_usd: 5 }, lawful: true };
}

const text = (...runs: readonly ImaginedRun[]): string => comparisonLines({ input, runs }).join("\n");

test("a promise beyond the budget says how sure it was, and that it is never spent", () => {
  expect(text(ran(1, 5.2, 0.81))).toMatch(/\$5\.00: the pick was only 81 % sure to be enough: a promised/u);
  expect(text(ran(1, 5.2, 0.81), ran(2, 4.9, 0.95))).toContain("81 % sure to be enough in 1 of 2 runs");
  expect(text(ran(1, 4.9, 0.95))).not.toContain("sure to be enough");
});

test("of budgets that were run once each it is said that luck may tell them apart", () => {
  const luck = "runs differ by luck: --runs 30 shows medians.";
  const other = { ...ran(1, 4.9, 0.95), budget: usd(8) };
  expect(text(ran(1, 4.9, 0.95), other)).toContain(luck);
  expect(text(ran(1, 4.9, 0.95))).not.toContain("luck");
  expect(text(ran(1, 4.9, 0.95), ran(2, 4.9, 0.95), other, { ...other, seed: 2 })).not.toContain("luck");
});

test("no line is wider than 80 columns", () => {
  const lines = text(ran(1, 5.2, 0.81), ran(2, 5.2, 0.7)).split("\n");
  expect(lines.filter((line) => line.length > 80)).toEqual([]);
});
