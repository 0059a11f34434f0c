/** What plans see of a fleet at work, and when a review changes it: tables of snapshots and answers. */
import { describe, expect, test } from "vitest";
import fc from "fast-check";
import { minutes, seconds, type Instant } from "@stint/shared/units.js";
import { questionFor } from "@stint/master/planner/ask.js";
import { answer } from "@stint/master/planner/answer.js";
import { applyDecision, applyEvent } from "@stint/master/planner/apply.js";
import { step } from "@stint/master/planner/decide.js";
import { solveCovering } from "@stint/master/planner/offer/covering.js";
import type { Item } from "@stint/master/planner/offer/covering-item.js";
import { outlookOf, planOf } from "@stint/master/planner/offer/outlook.js";
import type { Plan } from "@stint/master/planner/offer/records.js";
import type { ReviewComputed } from "@stint/master/planner/reevaluate/records.js";
import type { Run } from "@stint/master/planner/run-state.js";
import { because } from "./told-frames.js";
import { begun, cluster, order, passed, rented, seen, toldRun } from "./told-run.js";

const outlook = (run: Run) => {
  const asked = { kind: "ask-review", question: 1, search: true, because } as const;
  return outlookOf(questionFor(run, asked).snapshot)!;
};

describe("a plan", () => {
  test("runs again what a machine gives back that leaves before its tasks end", () => {
    const run = toldRun({ clusters: [cluster("small"), cluster("large")], tasks: 2, wanted: [1, 1] });
    seen(run, 0, 600, 600, 600);
    seen(run, 1, 600, 600, 600);
    begun(run, rented(run, 0, { lease: minutes(1) }), 0);
    begun(run, rented(run, 1, { lease: minutes(60) }), 1);
    passed(run, seconds(30));
    const both = planOf(outlook(run), [1, 1])!;
    const one = planOf(outlook(run), [0, 1])!;
    expect(both.time.p50).toBeLessThan(minutes(11));
    expect(one.time.p50).toBeGreaterThan(minutes(18));
    expect(planOf(outlook(run), [0, 0])).toBeUndefined();
  });

  test("of a bag in which nothing waits ends when the last task does that runs", () => {
    const run = toldRun({ tasks: 1, wanted: [1] });
    seen(run, 0, 590, 600, 610);
    begun(run, rented(run, 0, { lease: minutes(60) }), 0);
    passed(run, minutes(8));
    const { time } = planOf(outlook(run), [1])!;
    expect(time.p50).toBeGreaterThan(seconds(100));
    expect(time.p90).toBeLessThan(seconds(160));
  });

  test("pays for no machine that runs nothing once nothing waits, neither one that is there nor one that is not", () => {
    const run = toldRun({ tasks: 1, wanted: [4] });
    seen(run, 0, 590, 600, 610);
    begun(run, rented(run, 0, { lease: minutes(60) }), 0);
    rented(run, 0, { lease: minutes(60) });
    passed(run, minutes(5));
    expect(planOf(outlook(run), [4])!.cost).toEqual(planOf(outlook(run), [1])!.cost);
  });

  test("counts the tasks of a machine that is being released as waiting", () => {
    const run = toldRun({ tasks: 1, wanted: [1] });
    seen(run, 0, 600);
    const machine = rented(run, 0, { lease: minutes(60) });
    begun(run, machine, 0);
    order(run, { kind: "release-machine", machine, because });
    expect(outlook(run).work).toMatchObject({ waiting: 1, running: 0 });
  });

  test("takes a cluster that works and has not shown its speed for one like the others", () => {
    const run = toldRun({ clusters: [cluster("small"), cluster("large")], wanted: [0, 1] });
    seen(run, 0, 600);
    expect(planOf(outlook(run), [0, 1])).toBeUndefined();
    rented(run, 1);
    expect(planOf(outlook(run), [0, 1])).toBeDefined();
  });
});

describe("a review", () => {
  const plan = (configuration: readonly number[]): Plan => ({
    configuration,
    time: { p50: minutes(10), p90: minutes(12) },
    cost: { p50: 1_000_000 as never, p90: 1_000_000 as never },
    pWithinBudget: 1,
    cushion: { tasks: 0, cost: 0 as never },
  });
  const computed = (run: Run, inForce: Plan): ReviewComputed => ({
    kind: "review-computed",
    question: run.offer.questions,
    inForce,
    at: run.at,
  });

  test("that keeps the plan leaves alone what was rented since it was asked for", () => {
    const run = toldRun({ wanted: [1] });
    applyEvent(run, computed(run, plan([0])));
    applyDecision(run, { kind: "keep-plan", plan: plan([0]), because });
    expect(run.offer.wanted).toEqual([1]);
  });

  test.each([
    ["proposes nothing once nothing waits", 3, false],
    ["keeps a machine that is missed while something waits", 6, true],
  ])("%s", (_, tasks, proposes) => {
    const run = toldRun({ clusters: [cluster("small", { most: 3 })], tasks, wanted: [3] });
    seen(run, 0, 3000, 3100, 3200);
    for (const task of [0, 1, 2]) begun(run, rented(run, 0, { lease: minutes(60) }), task);
    passed(run, minutes(20));
    run.offer.wanted = [2];
    const asked = { kind: "ask-review", question: 1, search: true, because } as const;
    expect("better" in answer(questionFor(run, asked))).toBe(proposes);
  });

  test("is not called for by a machine that was to leave", () => {
    const run = toldRun({ wanted: [2] });
    const [staying, leaving] = [rented(run), rented(run)];
    order(run, { kind: "mark-leaving", machine: leaving, because });
    step(run, { kind: "machine-gone", machine: leaving, cause: "ended by itself", at: run.at });
    expect(run.review.urgent).toBeUndefined();
    applyEvent(run, { kind: "machine-gone", machine: staying, cause: "lost", at: (run.at + 1) as Instant });
    expect(run.review.urgent).toBe("machines-lost");
  });
});

describe("a covering", () => {
  const items = fc.array(
    fc.record({
      yield: fc.integer({ min: 0, max: 50 }),
      cost: fc.integer({ min: 1, max: 60 }),
      most: fc.integer({ min: 0, max: 4 }),
    }),
    { minLength: 1, maxLength: 3 },
  );

  test("covers what is needed at the least cost there is", () => {
    fc.assert(
      fc.property(items, fc.integer({ min: 1, max: 300 }), (kinds, need) => {
        const found = solveCovering(kinds, need);
        const least = cheapestOfAll(kinds, need);
        expect(found?.cost).toBe(least);
      }),
      { numRuns: 500, seed: 4 },
    );
  });

  test("of many machines that differ by seconds is found as if they were one kind", () => {
    const alike = Array.from({ length: 12 }, (_, index): Item => ({
      yield: 14_600 - index,
      cost: 390_000 + index,
      most: 8,
    }));
    const need = 970_000 * 0.9;
    const found = solveCovering(alike, need)!;
    expect(found.counts.reduce((sum, count) => sum + count, 0)).toBe(Math.ceil(need / 14_600));
    expect(found.proven).toBe(true);
  });
});

/** Every combination: for a few kinds of a few machines. */
function cheapestOfAll(kinds: readonly Item[], need: number): number | undefined {
  let best: number | undefined;
  const walk = (index: number, covered: number, cost: number): void => {
    if (covered >= need) {
      if (best === undefined || cost < best) best = cost;
      return;
    }
    const kind = kinds[index];
    if (kind === undefined) return;
    for (let count = 0; count <= kind.most; count += 1)
      walk(index + 1, covered + count * kind.yield, cost + count * kind.cost);
  };
  walk(0, 0, 0);
  return best;
}
