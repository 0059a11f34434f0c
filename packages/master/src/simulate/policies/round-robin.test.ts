/** Does round-robin neither choose nor wait, and end with its money? */
import { describe, expect, test } from "vitest";
import type { ClusterName } from "@stint/shared/ids.js";
import type { Cluster } from "@stint/shared/cluster.js";
import { hours, microUsd, microUsdPerHour, minutes, NO_TIME, seconds } from "@stint/shared/units.js";
import type { ImaginedCluster } from "../imagined-cluster.js";
import type { SimulatedRun, SimulationOptions } from "../simulate.js";
import { simulateUnder } from "./simulate-under.js";

const cluster = (name: string, cents: number): Cluster => ({
  name: name as ClusterName,
  provider: "imagined",
  most: 4,
  slots: 1,
  tariff: { price: microUsdPerHour(cents * 10_000), atu: hours(1), minimum: NO_TIME, grace: NO_TIME },
  bootLimit: minutes(15),
  bootExpected: seconds(60),
  speed: 1,
});

const IMAGINED: ImaginedCluster = {
  speed: 1,
  boot: { kind: "constant", value: 60 },
  noise: 0,
  failures: 0,
  lossPerHour: 0,
  delivers: 1,
};

const run = (cents: number, imagined: Partial<ImaginedCluster> = {}, taskMinutes = 10): SimulatedRun =>
  simulateUnder("round-robin", options(cents, imagined, taskMinutes));

const options = (
  cents: number,
  imagined: Partial<ImaginedCluster>,
  taskMinutes: number,
): SimulationOptions => ({
  bag: "imagined",
  checked: false,
  keepFrames: false,
  settings: {
    name: "imagined",
    clusters: [cluster("first", 10), cluster("second", 30)],
    budget: microUsd(cents * 10_000),
    seed: 1,
    review: minutes(5),
    wait: minutes(5),
    strict: false,
    choose: "fastest",
    yes: true,
    without: [],
  },
  clusters: [
    { ...IMAGINED, ...imagined },
    { ...IMAGINED, ...imagined },
  ],
  runtimes: {
    kind: "drawn",
    distribution: { kind: "constant", value: taskMinutes * 60 },
    tasks: 40,
  },
  tasks: { retriesOf: () => 1, mayBeCopied: () => true },
});

const machinesOf = ({ summary }: SimulatedRun): (number | undefined)[] =>
  ["first", "second"].map((name) => summary.clusters[name]?.machines);

describe("round-robin", () => {
  test("rents in the file's order what one hour of each still fits into the money", () => {
    expect(machinesOf(run(30))).toEqual([3, 0]);
    expect(machinesOf(run(75))).toEqual([4, 1]);
    expect(machinesOf(run(1_000))).toEqual([4, 4]);
  });

  test("renews while the money lasts, and leaves tasks undone rather than pass it", () => {
    const { summary } = run(80);
    // Four and one machines for an hour, then 10 cents are left of which one lives on.
    expect(summary).toMatchObject({ state: "budget-too-low", budget_usd: 0.8, spent_usd: 0.8 });
    expect(summary.tasks.done).toBe(5 * 5 + 5 + 1);
  });

  test("ends with the last task, each machine's begun hour paid whole", () => {
    const { summary, machines } = run(1_000);
    expect(summary).toMatchObject({ state: "done", tasks: { done: 40, left: 0 }, makespan_s: 51 * 60 });
    expect(summary.spent_usd).toBe(4 * 0.1 + 4 * 0.3);
    expect(machines.length).toBe(8);
  });

  test("tries failed tasks again, and rents anew what was lost", () => {
    const { summary } = run(1_000, { failures: 0.2, lossPerHour: 0.5 });
    expect(summary.tasks.left).toBe(0);
    expect(summary.attempts.failed).toBeGreaterThan(0);
    expect(summary.attempts.lost).toBeGreaterThan(0);
    expect(summary.clusters["first"]?.machines).toBeGreaterThan(4);
  });

  test("books every micro-dollar of the bill, in worlds of every kind of mishap", () => {
    const { summary, machines } = run(150, { failures: 0.2, lossPerHour: 1, delivers: 0.7 }, 25);
    const micro = (dollars: number): number => Math.round(dollars * 1e6);
    const parts = [summary.useful_usd, ...Object.values(summary.waste_usd)].map(micro);
    const bill = machines.reduce((sum, { cost }) => sum + cost, 0);
    expect(parts.reduce((sum, part) => sum + part, 0)).toBe(bill);
    expect(micro(summary.spent_usd)).toBe(bill);
    expect(bill).toBeLessThanOrEqual(1_500_000);
  });
});
