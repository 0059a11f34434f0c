/** Does the imagined world do what it is said to do, and always the same? */
import { describe, expect, test } from "vitest";
import type { ClusterName, TaskIndex } from "@stint/shared/ids.js";
import { microUsd, microUsdPerHour, minutes, NO_TIME, seconds } from "@stint/shared/units.js";
import { randomStream } from "../planner/stats/draws.js";
import type { Distribution } from "./distribution.js";
import { drawSeconds } from "./draw-distribution.js";
import type { ImaginedCluster } from "./imagined-cluster.js";
import { EPOCH } from "./imagined-world.js";
import { simulate, type SimulatedRun, type SimulationOptions } from "./simulate.js";
import { truthOf } from "./true-runtimes.js";

const STEADY: ImaginedCluster = {
  speed: 1,
  boot: { kind: "constant", value: 30 },
  noise: 0,
  failures: 0,
  lossPerHour: 0,
  delivers: 1,
};

interface Given {
  readonly imagined?: Partial<ImaginedCluster>;
  readonly budget?: number;
  readonly seed?: number;
  readonly runtime?: Distribution;
  readonly tasks?: number;
}

const options = (given: Given): SimulationOptions => ({
  bag: "imagined",
  checked: true,
  keepFrames: true,
  settings: {
    name: "imagined",
    clusters: [
      {
        name: "small" as ClusterName,
        provider: "imagined",
        most: 8,
        slots: 2,
        tariff: { price: microUsdPerHour(100_000), atu: seconds(1), minimum: NO_TIME, grace: NO_TIME },
        bootLimit: minutes(15),
        bootExpected: seconds(30),
        speed: 1,
      },
    ],
    budget: microUsd(given.budget ?? 5_000_000),
    seed: given.seed ?? 1,
    review: minutes(5),
    wait: minutes(5),
    strict: false,
    choose: "fastest",
    yes: false,
    without: [],
  },
  clusters: [{ ...STEADY, ...given.imagined }],
  runtimes: {
    kind: "drawn",
    distribution: given.runtime ?? { kind: "normal", mean: 300, deviation: 30 },
    tasks: given.tasks ?? 60,
  },
  tasks: { retriesOf: () => 2, mayBeCopied: () => true },
});

const told = (run: SimulatedRun): string =>
  JSON.stringify([run.frames, run.summary, run.attempts, run.machines]);

describe("a simulation", () => {
  const wild = {
    noise: 0.2,
    failures: 0.1,
    lossPerHour: 0.5,
    delivers: 0.7,
    drift: { factor: 2, from: 0.5 },
  };

  test("goes the same way, to the byte, whenever it is asked the same", () => {
    expect(told(simulate(options({ imagined: wild })))).toBe(told(simulate(options({ imagined: wild }))));
  });

  test("goes another way with another seed", () => {
    expect(told(simulate(options({ imagined: wild, seed: 2 })))).not.toBe(
      told(simulate(options({ imagined: wild }))),
    );
  });

  test("ends every task within the budget where the money is ample, and keeps every law", () => {
    const { summary, violations } = simulate(options({ imagined: wild }));
    expect(violations).toEqual([]);
    expect(summary).toMatchObject({ state: "done", tasks: { done: 60, left: 0 }, committed_usd: 0 });
    expect(summary.spent_usd).toBeLessThanOrEqual(5);
  });

  test("begins with the year 2000", () => {
    expect(simulate(options({})).summary.started_at).toBe("2000-01-01T00:00:00.000Z");
  });
});

describe("an imagined machine", () => {
  test("says hello after its boot, and runs a task for as long as it truly takes", () => {
    const { machines, attempts, run } = simulate(
      options({ runtime: { kind: "constant", value: 300 }, imagined: { speed: 2 } }),
    );
    for (const { rentedAt, readyAt } of machines) expect((readyAt ?? 0) - rentedAt).toBe(seconds(30));
    const done = attempts.filter(({ outcome }) => outcome === "done");
    expect(done.map(({ startedAt, endedAt }) => endedAt - startedAt)).toEqual(done.map(() => seconds(150)));
    expect(run.phase).toBe("ended");
  });

  test("ends itself and what it runs when what was paid for it is over", () => {
    // A tenth of the tasks can be paid for; nobody tells the last machines to go.
    const { machines, attempts, frames } = simulate(
      options({ budget: 100_000, runtime: { kind: "constant", value: 900 } }),
    );
    const causes = frames.flatMap(({ event }) => (event.kind === "machine-gone" ? [event.cause] : []));
    expect(causes).toContain("ended by itself");
    expect(attempts.some(({ outcome }) => outcome === "cancelled")).toBe(true);
    for (const { releasedAt, billedTo } of machines) expect(releasedAt).toBeLessThanOrEqual(billedTo);
  });

  test("comes as often as its cluster delivers", () => {
    const events = Array.from({ length: 20 }, (_, seed) =>
      simulate(options({ imagined: { delivers: 0.25 }, seed: seed + 1 })),
    ).flatMap(({ frames }) => frames.map(({ event }) => event.kind));
    const came = events.filter((kind) => kind === "machine-launched").length;
    const refused = events.filter((kind) => kind === "machine-launch-failed").length;
    expect(came / (came + refused)).toBeGreaterThan(0.2);
    expect(came / (came + refused)).toBeLessThan(0.3);
  });

  test("is slower from the share of the bag on at which its cluster drifts", () => {
    const { attempts } = simulate(
      options({ runtime: { kind: "constant", value: 100 }, imagined: { drift: { factor: 3, from: 0.5 } } }),
    );
    const lasted = attempts
      .filter(({ outcome }) => outcome === "done")
      .map(({ startedAt, endedAt }) => endedAt - startedAt);
    expect(new Set(lasted)).toEqual(new Set([seconds(100), seconds(300)]));
    expect(lasted.filter((span) => span === seconds(100)).length).toBeGreaterThanOrEqual(30);
  });
});

describe("a price that changes", () => {
  const dearer = { prices: [{ after: minutes(10), price: microUsdPerHour(400_000) }] };

  test("is paid for what is leased after it, and never for what was paid until then", () => {
    const { machines, summary, violations } = simulate(options({ imagined: dearer }));
    expect(violations).toEqual([]);
    const periods = machines.flatMap((machine) => machine.periods);
    expect(new Set(periods.map(({ price }) => price))).toEqual(new Set([100_000, 400_000]));
    const changed = EPOCH + minutes(10);
    for (const { from, price } of periods)
      if (price === 400_000) expect(from).toBeGreaterThanOrEqual(changed);
    const bill = periods.reduce((sum, { cost }) => sum + cost, 0);
    expect(bill).toBe(Math.round(summary.spent_usd * 1_000_000));
  });

  test("makes a run no dearer than its budget", () => {
    for (const budget of [300_000, 500_000, 700_000]) {
      const { summary } = simulate(options({ imagined: dearer, budget }));
      expect(summary.spent_usd).toBeLessThanOrEqual(budget / 1_000_000);
    }
  });

  test("is told to the run when it changes", () => {
    const told = simulate(options({ imagined: dearer })).frames.filter(
      ({ event }) => event.kind === "price-changed",
    );
    expect(told.map(({ event }) => event.at)).toEqual([EPOCH + minutes(10)]);
  });
});

describe("the truth", () => {
  const clusters: ImaginedCluster[] = [
    { ...STEADY, noise: 0.1 },
    { ...STEADY, noise: 0.1, speed: 2 },
  ];
  const drawn = { kind: "drawn", distribution: { kind: "lognormal", mean: 100, cv: 1 }, tasks: 50 } as const;

  test("does not depend on the order in which it is asked for", () => {
    const [forward, backward] = [truthOf(drawn, clusters, 5), truthOf(drawn, clusters, 5)];
    const tasks = Array.from({ length: 50 }, (_, task) => task as TaskIndex);
    const there = tasks.map((task) => forward.runtimeOf(task, 1));
    for (const task of [...tasks].reverse()) for (const cluster of [0, 1]) backward.runtimeOf(task, cluster);
    expect(tasks.map((task) => backward.runtimeOf(task, 1))).toEqual(there);
  });

  test("is what was recorded, by cluster or divided by its speed", () => {
    const base = {
      kind: "recorded",
      ids: ["a"],
      seconds: { kind: "base", base: Float64Array.of(80) },
    } as const;
    const quiet = clusters.map((cluster) => ({ ...cluster, noise: 0 }));
    expect(truthOf(base, quiet, 1).runtimeOf(0 as TaskIndex, 1)).toBe(seconds(40));
    const own = { kind: "by-cluster", clusters: [Float64Array.of(80), Float64Array.of(70)] } as const;
    expect(truthOf({ ...base, seconds: own }, quiet, 1).runtimeOf(0 as TaskIndex, 1)).toBe(seconds(70));
  });
});

describe("what is drawn", () => {
  test.each<[string, Distribution, number, number]>([
    ["a constant", { kind: "constant", value: 7 }, 7, 0],
    ["normal", { kind: "normal", mean: 900, deviation: 136.2 }, 900, 136.2],
    ["lognormal", { kind: "lognormal", mean: 100, cv: 0.5 }, 100, 50],
    ["uniform", { kind: "uniform", least: 10, most: 30 }, 20, 5.77],
    ["recorded values", { kind: "values", values: [1, 3] }, 2, 1],
  ])("has the mean and the spread that were asked for: %s", (_, distribution, mean, deviation) => {
    const stream = randomStream(3, "test");
    const values = Array.from({ length: 20_000 }, () => drawSeconds(distribution, stream));
    const average = values.reduce((sum, value) => sum + value, 0) / values.length;
    const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - average) ** 2, 0) / values.length);
    expect(Math.abs(average - mean)).toBeLessThanOrEqual(0.03 * mean);
    expect(Math.abs(spread - deviation)).toBeLessThanOrEqual(0.05 * mean);
  });

  test("of a cut Lévy distribution never lies beyond the cut", () => {
    const stream = randomStream(3, "test");
    const levy = { kind: "levy", scale: 723, most: 2700 } as const;
    const values = Array.from({ length: 5_000 }, () => drawSeconds(levy, stream));
    expect(Math.max(...values)).toBeLessThanOrEqual(2700);
    expect(Math.min(...values)).toBeGreaterThan(0);
  });
});
