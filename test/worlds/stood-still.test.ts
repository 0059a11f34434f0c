/** The time in which a run stood still between an end and going on: no time that is told or promised counts it. */
import { expect, test } from "vitest";
import { hours } from "@stint/shared/units.js";
import { createWorld, type ImaginedWorld } from "@stint/master/simulate/imagined-world.js";
import { summarise } from "@stint/master/planner/report/summarise.js";
import type { Summary } from "@stint/master/planner/report/summary.js";
import { oneCluster, withoutTrouble } from "./one-cluster.js";

const begun = (pricePerHour: number): ImaginedWorld =>
  createWorld({
    settings: oneCluster({ most: 2, pricePerHour }, { choose: "cheapest" }),
    clusters: [withoutTrouble()],
    runtimes: { kind: "drawn", distribution: { kind: "normal", mean: 10, deviation: 1 }, tasks: 200 },
    tasks: { retriesOf: () => 0, mayBeCopied: () => false },
    audience: { seen: () => undefined },
  });

const summaryOf = (world: ImaginedWorld): Summary =>
  summarise(world.run(), { run: "x", bag: "x", state: "done" });

function untilDone(world: ImaginedWorld, tasks: number): void {
  while (world.run().attempts.count.done < tasks) world.proceed(1);
}

/** Ends a run with so many tasks done and takes it up again a day later. */
function standsADay(world: ImaginedWorld, tasks: number): void {
  untilDone(world, tasks);
  world.tell((at) => ({ kind: "stop-asked", at, how: "now" }));
  world.proceed();
  expect(world.run().phase).toBe("ended");
  world.elapse(hours(24));
  world.recover(world.run());
}

test.each([
  ["a free run", 0, 50],
  ["a run while it learns", 40_000, 5],
  ["a run after its offer was accepted", 40_000, 100],
])("%s that stood still for a day says how long it worked", (_title, price, tasks) => {
  const straight = begun(price);
  straight.proceed();
  const world = begun(price);
  standsADay(world, tasks);
  world.proceed();
  const [of, expected] = [summaryOf(world), summaryOf(straight)];
  expect(of.tasks.done).toBe(200);
  expect(of.makespan_s).toBeGreaterThan(0.8 * expected.makespan_s!);
  expect(of.makespan_s).toBeLessThan(1.5 * expected.makespan_s!);
  if (price > 0) expect(of.since_accepted_s).toBeLessThan(1.5 * expected.since_accepted_s!);
  expect([of.resumed, expected.resumed]).toEqual([1, 0]);
  expect(Date.parse(of.ended_at!) - Date.parse(of.started_at)).toBeGreaterThan(24 * 3_600_000);
});

test("when an offer was accepted is told by the clock, however long the run stood still after it", () => {
  const world = begun(40_000);
  untilDone(world, 100);
  const { accepted_at: before } = summaryOf(world);
  standsADay(world, 100);
  world.proceed();
  expect(summaryOf(world).accepted_at).toBe(before);
});

test("what nobody did while a run stood still is not counted before it has another result", () => {
  const world = begun(40_000);
  untilDone(world, 100);
  const { makespan_s: before, since_accepted_s: promised } = summaryOf(world);
  standsADay(world, 100);
  const { makespan_s: whole, since_accepted_s: since } = summaryOf(world);
  expect([whole, since]).toEqual([before, promised]);
});
