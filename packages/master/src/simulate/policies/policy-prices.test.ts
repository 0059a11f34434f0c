import { expect, test } from "vitest";
import type { ClusterName } from "@stint/shared/ids.js";
import { microUsd, microUsdPerHour, minutes, NO_TIME } from "@stint/shared/units.js";
import { EPOCH } from "../imagined-world.js";
import type { SimulationOptions } from "../simulate.js";
import { simulateUnder } from "./simulate-under.js";

const options: SimulationOptions = {
  bag: "imagined",
  checked: false,
  keepFrames: false,
  settings: {
    name: "imagined",
    clusters: [
      {
        name: "only" as ClusterName,
        provider: "imagined",
        most: 2,
        slots: 1,
        tariff: { price: microUsdPerHour(0), atu: minutes(10), minimum: NO_TIME, grace: NO_TIME },
        bootLimit: minutes(15),
        bootExpected: NO_TIME,
        speed: 1,
      },
    ],
    budget: microUsd(5_000_000),
    seed: 1,
    review: minutes(5),
    wait: minutes(5),
    strict: false,
    choose: "fastest",
    yes: true,
    without: [],
  },
  clusters: [
    {
      speed: 1,
      boot: { kind: "constant", value: 0 },
      noise: 0,
      failures: 0,
      lossPerHour: 0,
      delivers: 1,
      prices: [{ after: minutes(15), price: microUsdPerHour(600_000) }],
    },
  ],
  runtimes: { kind: "drawn", distribution: { kind: "constant", value: 300 }, tasks: 20 },
  tasks: { retriesOf: () => 0, mayBeCopied: () => false },
};

test("a machine of a policy without leases pays a unit at the price when it began", () => {
  const { machines, summary } = simulateUnder("round-robin", options);
  expect(summary.tasks.done).toBe(20);
  const [first] = machines;
  // Two free units of ten minutes had begun when the price came; the other three cost ten cents each.
  expect(first?.periods.map(({ from, price, cost }) => [from - EPOCH, price, cost])).toEqual([
    [0, 0, 0],
    [minutes(20), 600_000, 300_000],
  ]);
  expect(summary.spent_usd).toBe(0.6);
});
