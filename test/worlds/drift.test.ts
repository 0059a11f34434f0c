/** A cluster that becomes slower while a run goes on: it is seen, said, and forecasts follow. */
import { microUsd, seconds } from "@stint/shared/units.js";
import type { Decision } from "@stint/master/planner/records.js";
import { simulate, type SimulatedRun } from "@stint/master/simulate/simulate.js";
import type { Distribution } from "@stint/master/simulate/distribution.js";
import { expect, test } from "vitest";
import { oneCluster, withoutTrouble } from "./one-cluster.js";

const NORMAL: Distribution = { kind: "normal", mean: 600, deviation: 90 };

const run = (
  seed: number,
  given: { factor?: number; runtime?: Distribution; without?: "drift" },
): SimulatedRun =>
  simulate({
    bag: "drifting",
    checked: true,
    keepFrames: true,
    settings: {
      ...oneCluster({ most: 16, bootExpected: seconds(60) }, { seed, budget: microUsd(6e6) }),
      ...(given.without !== undefined && { without: [given.without] }),
    },
    clusters: [
      withoutTrouble({
        boot: { kind: "constant", value: 60 },
        ...(given.factor !== undefined && { drift: { factor: given.factor, from: 0.3 } }),
      }),
    ],
    runtimes: { kind: "drawn", distribution: given.runtime ?? NORMAL, tasks: 400 },
    tasks: { retriesOf: () => 0, mayBeCopied: () => false },
  });

const decisionsOf = ({ frames }: SimulatedRun): { at: number; decision: Decision }[] =>
  frames.flatMap(({ event, decisions }) => decisions.map((decision) => ({ at: event.at, decision })));

const changesOf = (simulated: SimulatedRun): Decision[] =>
  decisionsOf(simulated)
    .map(({ decision }) => decision)
    .filter(({ kind }) => kind === "change-speed");

/** What was left of the run over what was forecast, when seven tenths of it had passed. */
function forecastError(simulated: SimulatedRun): number {
  const all = decisionsOf(simulated);
  const [begin, end] = [all[0]?.at ?? 0, all.at(-1)?.at ?? 0];
  const review = all.find(
    ({ at, decision }) =>
      at > begin + 0.7 * (end - begin) && (decision.kind === "keep-plan" || decision.kind === "adopt-plan"),
  );
  if (review?.decision.kind !== "keep-plan" && review?.decision.kind !== "adopt-plan") return NaN;
  return (end - review.at) / review.decision.plan.time.p50;
}

test("is found within a few tasks a slot, and said", () => {
  const [change] = changesOf(run(1, { factor: 1.6 }));
  expect(change).toMatchObject({ kind: "change-speed", cluster: 0 });
  expect(change?.because).toMatchObject({ kind: "tasks-take-another-time" });
});

test("is followed by the forecasts", () => {
  const seeds = [1, 2, 3, 4, 5];
  const average = (errors: readonly number[]): number =>
    errors.reduce((sum, each) => sum + each, 0) / errors.length;
  const followed = average(seeds.map((seed) => forecastError(run(seed, { factor: 1.6 }))));
  const unaware = average(seeds.map((seed) => forecastError(run(seed, { factor: 1.6, without: "drift" }))));
  expect(followed).toBeLessThan(1.12);
  expect(unaware).toBeGreaterThan(1.15);
});

test("that becomes faster is found too", () => {
  expect(changesOf(run(2, { factor: 0.5 })).length).toBeGreaterThan(0);
});

test("is not seen where there is none, whatever tasks look like", () => {
  const laws: Distribution[] = [
    NORMAL,
    { kind: "uniform", least: 10, most: 1200 },
    { kind: "normal", mean: 600, deviation: 400 },
    // Now and then one hangs for a while: that is no change of the cluster's speed.
    { kind: "values", values: [...Array.from({ length: 30 }, (_, index) => 20 + index), 3000] },
  ];
  for (const runtime of laws)
    for (let seed = 1; seed <= 8; seed += 1) expect(changesOf(run(seed, { runtime }))).toEqual([]);
});
