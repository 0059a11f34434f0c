/** Three hundred tasks and whole hours: what a few minutes of learning, and plans within an hour, decide. */
import { expect, test } from "vitest";
import { inSeconds, minutes } from "@stint/shared/units.js";
import { simulate } from "@stint/master/simulate/simulate.js";
import { publishedCase } from "../scenarios/published-cases.js";

/** The second cluster does a task in four minutes for a quarter less; 19 machine-hours of it are all work, 28 the budget. */
const run = simulate(publishedCase({ speed: 4, price: 3, budget: 8.4, tasks: 300, seed: 1 }));
const decisions = run.frames.flatMap(({ event, decisions: all }) =>
  all.map((decision) => ({ at: event.at, decision })),
);
const began = run.frames[0]?.event.at ?? 0;
const sampled = decisions.find(({ decision }) => decision.kind === "end-sampling");

test("the fewest pairs run at once on each cluster, and nothing else is waited for", () => {
  const first = decisions.filter(({ at, decision }) => at === began && decision.kind === "rent-machine");
  expect(first).toHaveLength(6);
  expect((sampled?.at ?? Infinity) - began).toBeLessThan(minutes(25));
});

test("all machines that the money holds end the bag in little more than their first hours", () => {
  expect(run.summary.state).toBe("done");
  expect(run.summary.makespan_s).toBeLessThan(inSeconds(minutes(68)));
  expect(run.summary.spent_usd).toBeLessThanOrEqual(8.4);
  expect(run.violations).toEqual([]);
});
