/** Does BaTS plan and price as it is said to? Its clusters here: costs 1, 4, 1, speeds 1, 3, 2, hourly units. */
import { describe, expect, test } from "vitest";
import type { Cluster } from "@stint/shared/cluster.js";
import type { ClusterName } from "@stint/shared/ids.js";
import {
  hours,
  microUsd,
  microUsdPerHour,
  minutes,
  NO_TIME,
  seconds,
  type Duration,
} from "@stint/shared/units.js";
import { budgetOf } from "./budget-options.js";
import { cushionFor, planWithin, tasksThatDoNotFit, type Work } from "./plan.js";
import { pricedFleet } from "./priced-fleet.js";

const cluster = (price: number, atu: Duration = hours(1)): Cluster => ({
  name: `at-${String(price)}` as ClusterName,
  provider: "imagined",
  most: 24,
  slots: 1,
  tariff: { price: microUsdPerHour(price), atu, minimum: NO_TIME, grace: NO_TIME },
  bootLimit: minutes(15),
  bootExpected: NO_TIME,
  speed: 1,
});

const work = (minutesOfATask: number, tasks = 970): Work => ({
  fleet: pricedFleet([cluster(3_000), cluster(12_000), cluster(3_000)]),
  tasks,
  means: [minutesOfATask, minutesOfATask / 3, minutesOfATask / 2],
});

describe("a fleet", () => {
  test("is priced in the greatest common divisor of its prices, for one ATU", () => {
    const fleet = pricedFleet([cluster(3_000), cluster(12_000)]);
    expect(fleet.clusters.map(({ cost }) => cost)).toEqual([1, 4]);
    expect([fleet.atu, fleet.inUnits(microUsd(30_000))]).toEqual([60, 10]);
  });

  test("counts in minutes where its units are shorter, and its money with it", () => {
    const fleet = pricedFleet([cluster(60_000, seconds(1))]);
    expect([fleet.atu, fleet.inUnits(microUsd(2_000))]).toEqual([1, 2]);
  });

  test("keeps prices apart that have hardly a common divisor, but not by a cell for each micro-dollar", () => {
    const costs = pricedFleet([cluster(100_003), cluster(200_017)]).clusters.map(({ cost }) => cost);
    expect(costs[0]).toBeLessThan(20_000 / 24);
    expect((costs[1] ?? 0) / (costs[0] ?? 1)).toBeCloseTo(2, 1);
  });
});

describe("a plan", () => {
  test("is the dearest of those that take as many ATUs", () => {
    // 144 a unit buys 970 tasks in two units; so does less.
    expect(planWithin(work(15), 288)).toEqual({ machines: [24, 24, 24], atus: 2, cost: 288 });
    expect(planWithin(work(15), 287)?.atus).toBe(2);
    expect(planWithin(work(15), 287)?.cost).toBe(286);
  });

  test("is slower where the money is less, and none where it buys nothing", () => {
    expect(planWithin(work(15), 146)?.atus).toBe(5);
    expect(planWithin(work(15), 0)).toBeUndefined();
  });

  test("counts tasks that do not fit whole, and a cushion that pays for each a machine's ATU", () => {
    const one = work(25, 20);
    const plan = { machines: [4, 0, 0], atus: 2, cost: 8 };
    // 120 minutes hold four tasks of 25 minutes on each of four machines.
    expect(tasksThatDoNotFit(one, plan)).toBe(4);
    // The second cluster ends most in an hour, so four of its machines are set aside.
    expect(cushionFor(one, 4)).toBe(16);
    expect(cushionFor(one, 30)).toBe(24 * 4 + 6);
  });
});

describe("an option", () => {
  test("starts from one machine of the cluster that is cheapest by the task", () => {
    expect(budgetOf("cheapest", work(15))).toBe(122);
    expect(budgetOf("cheapest+20", work(15))).toBeCloseTo(146.4);
  });

  test("of the fastest is all machines, and a fifth less of it", () => {
    expect(budgetOf("fastest", work(15))).toBe(288);
    expect(budgetOf("fastest-20", work(15))).toBeCloseTo(230.4);
  });

  test("is raised by hundredths until every task fits whole", () => {
    const raised = budgetOf("cheapest", work(14.7));
    expect(raised).toBeGreaterThan(119);
    expect(tasksThatDoNotFit(work(14.7), planWithin(work(14.7), raised)!)).toBe(0);
  });
});
