/** Does a planner that is told the truth know it, and find nothing out for itself? */
import { describe, expect, test } from "vitest";
import type { ClusterName } from "@stint/shared/ids.js";
import type { Cluster } from "@stint/shared/cluster.js";
import { hours, microUsd, microUsdPerHour, minutes, NO_TIME, seconds } from "@stint/shared/units.js";
import { modelOf } from "../../planner/estimate/model.js";
import { runtimesOf } from "../../planner/estimate/estimate.js";
import type { ImaginedCluster } from "../imagined-cluster.js";
import type { SimulationOptions } from "../simulate.js";
import { simulateInformed } from "./informed.js";

const cluster = (name: string): Cluster => ({
  name: name as ClusterName,
  provider: "imagined",
  most: 8,
  slots: 1,
  tariff: { price: microUsdPerHour(100_000), atu: seconds(1), minimum: seconds(60), grace: NO_TIME },
  bootLimit: minutes(15),
  bootExpected: seconds(60),
  speed: 1,
});

const imagined = (speed: number): ImaginedCluster => ({
  speed,
  boot: { kind: "constant", value: 60 },
  noise: 0,
  failures: 0,
  lossPerHour: 0,
  delivers: 1,
});

const base = Float64Array.from({ length: 200 }, (_, index) => 30 + ((index * 37) % 200) ** 1.5);
const mean = base.reduce((sum, value) => sum + value, 0) / base.length;

const options: SimulationOptions = {
  bag: "imagined",
  checked: true,
  keepFrames: true,
  settings: {
    name: "imagined",
    clusters: [cluster("slow"), cluster("fast")],
    budget: microUsd(10_000_000),
    seed: 3,
    review: minutes(5),
    wait: hours(1),
    strict: false,
    choose: "fastest",
    yes: true,
    without: [],
  },
  clusters: [imagined(1), imagined(4)],
  runtimes: {
    kind: "recorded",
    ids: Array.from(base, (_, index) => String(index)),
    seconds: { kind: "base", base },
  },
  tasks: { retriesOf: () => 0, mayBeCopied: () => true },
};

describe("a planner that is told the truth", () => {
  const simulated = simulateInformed(options);

  test("samples nothing, and makes its offers at once", () => {
    expect(simulated.attempts.filter(({ kind }) => kind === "sample" || kind === "pair")).toEqual([]);
    expect(simulated.summary.accepted_at).toBe(simulated.summary.started_at);
    expect(simulated.summary.learning_usd).toBe(0);
  });

  test("ends the bag, and keeps every law", () => {
    expect(simulated.summary.tasks.done).toBe(200);
    expect(simulated.violations).toEqual([]);
  });

  test("knows the mean on each cluster to a thousandth, and is sure of it", () => {
    const model = modelOf(runtimesOf(simulated.run.estimate), []);
    expect((model?.clusters[0]?.mean ?? 0) / mean).toBeCloseTo(1, 3);
    expect((model?.clusters[1]?.mean ?? 0) / (mean / 4)).toBeCloseTo(1, 3);
    expect(model?.clusters[1]?.error).toBeLessThan(0.01);
  });

  test("samples as ever when it is told only after that", () => {
    const later = simulateInformed(options, "after-sampling");
    expect(later.attempts.filter(({ kind }) => kind === "pair").length).toBeGreaterThan(3);
    expect(later.summary.tasks.done).toBe(200);
    const model = modelOf(runtimesOf(later.run.estimate), []);
    expect((model?.clusters[0]?.mean ?? 0) / mean).toBeCloseTo(1, 3);
  });
});
