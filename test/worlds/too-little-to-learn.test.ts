/** A budget of which nothing can be learnt: what is said to be needed is what helps. */
import { expect, test } from "vitest";
import type { ClusterName } from "@stint/shared/ids.js";
import { microUsd, microUsdPerHour, minutes, seconds, subtract } from "@stint/shared/units.js";
import { createWorld } from "@stint/master/simulate/imagined-world.js";
import { reasonText, type AnyBecause } from "@stint/master/planner/reasons.js";
import { whatIsMissing } from "@stint/master/planner/report/what-is-missing.js";

const TASKS = 80;

function tooLittle(budget: number, price: number, atu: number): ReturnType<typeof createWorld> {
  const world = createWorld({
    settings: {
      name: "poor",
      clusters: [
        {
          name: "small" as ClusterName,
          provider: "imagined",
          most: 2,
          slots: 1,
          tariff: {
            price: microUsdPerHour(price),
            atu: seconds(atu),
            minimum: seconds(0),
            grace: seconds(0),
          },
          bootLimit: minutes(15),
          bootExpected: seconds(0),
          speed: 1,
        },
      ],
      budget: microUsd(budget),
      seed: 1,
      review: minutes(5),
      wait: minutes(5),
      strict: false,
      choose: "cheapest",
      yes: false,
      without: [],
    },
    clusters: [
      {
        speed: 1,
        boot: { kind: "constant", value: 1 },
        noise: 0.05,
        failures: 0,
        lossPerHour: 0,
        delivers: 1,
      },
    ],
    runtimes: { kind: "drawn", distribution: { kind: "normal", mean: 2, deviation: 0.2 }, tasks: TASKS },
    tasks: { retriesOf: () => 0, mayBeCopied: () => false },
    audience: { seen: () => undefined },
  });
  world.proceed();
  return world;
}

test.each([
  ["seconds", 10, 120_000, 5],
  ["an hour", 100_000, 400_000, 3600],
])("with as much as is said to be needed tasks are tried, in units of %s", (_unit, budget, price, atu) => {
  const world = tooLittle(budget, price, atu);
  const { endState, stopping, attempts } = world.run();
  expect([endState, attempts.ended.total]).toEqual(["budget-too-low", 0]);
  expect(reasonText(stopping?.because as AnyBecause)).toMatch(/to begin at all needs/u);
  const { needed } = whatIsMissing(world.run());
  world.tell((at) => ({ kind: "budget-added", amount: subtract(needed, microUsd(budget)), at }));
  world.recover(world.run());
  world.proceed();
  expect(world.run().attempts.count.done).toBeGreaterThan(0);
});
