/** Does a run's receipt add up, and was every task's result kept once? */
import { expect } from "vitest";
import { summarise } from "@stint/master/planner/report/summarise.js";
import type { LawfulRun } from "./lawful-run.js";

const micro = (dollars: number): number => Math.round(dollars * 1_000_000);
const sum = (values: Iterable<number>): number => [...values].reduce((total, value) => total + value, 0);

export function expectReceiptAddsUp({ run, machines }: LawfulRun): void {
  const summary = summarise(run, { run: "law", bag: "law", state: run.endState ?? "running" });
  const spent = micro(summary.spent_usd);
  expect(micro(summary.useful_usd) + sum(Object.values(summary.waste_usd).map(micro))).toBe(spent);
  for (const [kind, waste] of Object.entries(summary.waste_usd))
    expect(waste, `${kind} is not negative`).toBeGreaterThanOrEqual(0);
  expect(sum(Object.values(summary.clusters).map((cluster) => micro(cluster.spent_usd)))).toBe(spent);
  expect(sum(machines.map(({ cost }) => cost))).toBe(spent);
  expect(spent).toBeLessThanOrEqual(run.money.budget ?? 0);
  expect(summary.committed_usd).toBe(0);
}

export function expectEachTaskOnce({ run, attempts }: LawfulRun): void {
  const done = attempts.filter(({ outcome }) => outcome === "done").map(({ task }) => task);
  expect(new Set(done).size).toBe(done.length);
  expect(done.length).toBe(run.attempts.count.done);
}
