/** Does BaTS sample, run, overspend and give up as its authors' did? */
import { describe, expect, test } from "vitest";
import type { Cluster } from "@stint/shared/cluster.js";
import type { ClusterName } from "@stint/shared/ids.js";
import { hours, microUsd, microUsdPerHour, minutes, NO_TIME } from "@stint/shared/units.js";
import type { Distribution } from "../../distribution.js";
import type { ImaginedCluster } from "../../imagined-cluster.js";
import type { SimulatedRun, SimulationOptions } from "../../simulate.js";
import type { FirstPlan } from "./bats.js";
import { simulateBats } from "./simulate-bats.js";

const cluster = (name: string, price: number): Cluster => ({
  name: name as ClusterName,
  provider: "imagined",
  most: 16,
  slots: 1,
  tariff: { price: microUsdPerHour(price), atu: hours(1), minimum: NO_TIME, grace: NO_TIME },
  bootLimit: minutes(15),
  bootExpected: NO_TIME,
  speed: 1,
});

const IMAGINED: ImaginedCluster = {
  speed: 1,
  boot: { kind: "constant", value: 0 },
  noise: 0,
  failures: 0,
  lossPerHour: 0,
  delivers: 1,
};

interface Given {
  readonly dollars: number;
  readonly seed?: number;
  readonly tasks?: number;
  readonly runtime?: Distribution;
  readonly imagined?: Partial<ImaginedCluster>;
  readonly choose?: SimulationOptions["settings"]["choose"];
  readonly without?: SimulationOptions["settings"]["without"];
}

const options = (given: Given): SimulationOptions => ({
  bag: "imagined",
  checked: false,
  keepFrames: false,
  settings: {
    name: "imagined",
    clusters: [cluster("slow", 100_000), cluster("quick", 300_000)],
    budget: microUsd(given.dollars * 1_000_000),
    seed: given.seed ?? 1,
    review: minutes(5),
    wait: minutes(5),
    strict: false,
    choose: given.choose ?? "fastest",
    yes: true,
    without: given.without ?? [],
  },
  clusters: [
    { ...IMAGINED, ...given.imagined },
    { ...IMAGINED, ...given.imagined, speed: 2 },
  ],
  runtimes: {
    kind: "drawn",
    distribution: given.runtime ?? { kind: "lognormal", mean: 600, cv: 0.8 },
    tasks: given.tasks ?? 300,
  },
  tasks: { retriesOf: () => 1, mayBeCopied: () => true },
});

const run = (given: Given): SimulatedRun => simulateBats(options(given));

describe("sampling", () => {
  const { attempts, machines, summary } = run({ dollars: 20 });
  const pairs = attempts.filter(({ kind }) => kind === "pair");

  test("runs seven tasks on every cluster, on one machine each, and as many others as make n", () => {
    expect([0, 1].map((index) => pairs.filter((one) => one.cluster === index).length)).toEqual([7, 7]);
    expect(new Set(pairs.map(({ task }) => task)).size).toBe(7);
    const sampled = new Set(
      attempts.filter(({ kind }) => kind === "pair" || kind === "sample").map(({ task }) => task),
    );
    // 300 z² / (z² + 2 · 299 · d²) is 28; machines go on with others until their hour ends.
    expect(sampled.size).toBeGreaterThanOrEqual(28);
    expect(new Set(pairs.map(({ machine }) => machine))).toEqual(new Set(["slow-1", "quick-1"]));
  });

  test("gives its machines back before any other is rented", () => {
    const first = machines.filter(({ machine }) => machine === "slow-1" || machine === "quick-1");
    const others = machines.filter(({ machine }) => machine !== "slow-1" && machine !== "quick-1");
    const givenBack = Math.max(...first.map(({ releasedAt }) => releasedAt));
    for (const { rentedAt } of others) expect(rentedAt).toBeGreaterThanOrEqual(givenBack);
    expect(summary.sampling_s).toBeGreaterThan(0);
  });

  test("is refused where it would be more than half of the bag", () => {
    const { summary: refused, machines: none } = run({ dollars: 20, tasks: 60 });
    expect(refused).toMatchObject({ state: "stopped", spent_usd: 0, tasks: { left: 60 } });
    expect(none).toEqual([]);
  });
});

describe("a run", () => {
  test("goes the same way whenever it is asked the same, and another with another seed", () => {
    const told = ({ summary, attempts, machines }: SimulatedRun): string =>
      JSON.stringify([summary, attempts, machines]);
    expect(told(run({ dollars: 20 }))).toBe(told(run({ dollars: 20 })));
    expect(told(run({ dollars: 20, seed: 2 }))).not.toBe(told(run({ dollars: 20 })));
  });

  test("passes its budget now and then, as no ledger holds it", () => {
    const runs = Array.from({ length: 20 }, (_, seed) => run({ dollars: 7, seed: seed + 1 }).summary);
    const over = runs.filter(({ spent_usd, budget_usd }) => spent_usd > (budget_usd ?? 0));
    expect(over.length).toBeGreaterThan(0);
  });

  test("rents nothing more than its sample when the rest cannot be paid", () => {
    const { summary } = run({ dollars: 2 });
    expect(summary).toMatchObject({ state: "budget-too-low", clusters: { slow: { machines: 1 } } });
    expect(summary.tasks.left).toBeGreaterThan(200);
  });

  test("books every micro-dollar in a world of mishaps, and tries failed tasks again", () => {
    const imagined = { failures: 0.1, lossPerHour: 0.3, delivers: 0.6, noise: 0.2 };
    const { summary, machines } = run({ dollars: 30, imagined });
    const micro = (dollars: number): number => Math.round(dollars * 1e6);
    const parts = [summary.useful_usd, ...Object.values(summary.waste_usd)].map(micro);
    expect(parts.reduce((sum, part) => sum + part, 0)).toBe(micro(summary.spent_usd));
    expect(machines.reduce((sum, { cost }) => sum + cost, 0)).toBe(micro(summary.spent_usd));
    expect(summary.tasks.left).toBe(0);
    expect(summary.attempts.failed).toBeGreaterThan(0);
  });
});

describe("its plan", () => {
  test("is made with what sampling left of the user's money, in whole hours of each machine", () => {
    let planned: FirstPlan | undefined;
    const { machines } = simulateBats(options({ dollars: 7 }), { planned: (first) => (planned = first) });
    const sampling = machines.filter(({ machine }) => machine === "slow-1" || machine === "quick-1");
    const spent = sampling.reduce((sum, { cost }) => sum + cost, 0);
    // The unit of money is ten cents here.
    expect(planned?.budget).toBeCloseTo((7_000_000 - spent) / 100_000);
    expect(planned?.cost).toBeLessThanOrEqual(planned?.budget ?? 0);
  });

  test("is changed when it turns out too slow, so that more machines are rented than it had", () => {
    const drift = { drift: { factor: 2.5, from: 0.2 } };
    const rented = (without: Given["without"]): number =>
      run({ dollars: 40, choose: "cheapest", imagined: drift, ...(without !== undefined && { without }) })
        .machines.length;
    expect(rented([])).toBeGreaterThan(rented(["review"]));
  });
});

describe("the tail", () => {
  const levy: Distribution = { kind: "levy", scale: 300, most: 3600 };

  test("copies a running task once at most, on another cluster, and cancels no loser before the end", () => {
    const { attempts } = run({ dollars: 40, runtime: levy });
    const copies = attempts.filter(({ kind }) => kind === "replica");
    expect(copies.length).toBeGreaterThan(0);
    expect(new Set(copies.map(({ task }) => task)).size).toBe(copies.length);
    for (const { task, cluster: on } of copies) {
      const first = attempts.find((one) => one.task === task && one.kind !== "replica");
      expect(first?.cluster).not.toBe(on);
    }
    const end = Math.max(...attempts.map(({ endedAt }) => endedAt));
    for (const { endedAt, outcome } of attempts) if (outcome === "cancelled") expect(endedAt).toBe(end);
  });

  test("is left out where the settings say so", () => {
    const { attempts } = run({ dollars: 40, runtime: levy, without: ["tail"] });
    expect(attempts.filter(({ kind }) => kind === "replica")).toEqual([]);
  });
});
