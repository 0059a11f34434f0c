import { expect, test } from "vitest";
import type { Cluster } from "@stint/shared/cluster.js";
import type { ClusterName, MachineId } from "@stint/shared/ids.js";
import { after, instant, microUsd, microUsdPerHour, NO_TIME, seconds } from "@stint/shared/units.js";
import type { ClosedMachine } from "../planner/machines/closed.js";
import { machinesRows } from "./rows.js";

const beganAt = instant(1_767_323_045_678_901);
const later = (span: number): ClosedMachine["billedFrom"] => after(beganAt, seconds(span));
const period = (from: number, to: number, price: number, cost: number): ClosedMachine["periods"][number] => ({
  from: later(from),
  to: later(to),
  price: microUsdPerHour(price),
  cost: microUsd(cost),
});
const cluster: Cluster = {
  name: "small" as ClusterName,
  provider: "imagined",
  most: 2,
  slots: 1,
  tariff: { price: microUsdPerHour(40_320), atu: seconds(5), minimum: NO_TIME, grace: NO_TIME },
  bootLimit: seconds(30),
  bootExpected: seconds(1),
  speed: 1,
};

test("a machine that was leased at two prices has a row for each, with the part of its bill", () => {
  const closed: ClosedMachine = {
    machine: "small-1" as MachineId,
    cluster: 0,
    rentedAt: later(0.25),
    releasedAt: later(8),
    billedFrom: later(0.25),
    billedTo: later(10.25),
    cost: microUsd(112),
    periods: [period(0.25, 5.25, 40_000, 56), period(5.25, 10.25, 40_320, 56)],
    waste: { boot: microUsd(9), idle: microUsd(84), rounding: microUsd(0) },
  };
  expect(machinesRows(closed, cluster, beganAt)).toEqual([
    "small-1,small,0.250000,,8.000000,0.250000,5.250000,0.040000,0.000000,0.000056",
    "small-1,small,0.250000,,8.000000,5.250000,10.250000,0.040320,0.000000,0.000056",
  ]);
});
