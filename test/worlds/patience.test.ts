/** How long the sample is waited for: what has ended first are the short tasks, and an offer made of them is too good. */
import { expect, test } from "vitest";
import { createWorld, type ImaginedWorld } from "@stint/master/simulate/imagined-world.js";
import { oneCluster, withoutTrouble } from "./one-cluster.js";

const TASKS = 400;
const SHORT = 20;

/** One task in three lasts so long; all others 20 s. */
function oneInThree(long: number): ImaginedWorld {
  const world = createWorld({
    settings: oneCluster({ most: 16, pricePerHour: 20_000 }, { choose: "cheapest", seed: 3 }),
    clusters: [withoutTrouble()],
    runtimes: {
      kind: "drawn",
      distribution: { kind: "values", values: [long, SHORT, SHORT] },
      tasks: TASKS,
    },
    tasks: { retriesOf: () => 0, mayBeCopied: () => false },
    audience: { seen: () => undefined },
  });
  return world;
}

test("an offer is made when the long tasks of the sample have been seen too", () => {
  const world = oneInThree(600);
  while (world.run().offer.offers === undefined) world.proceed(1);
  const mean = world.run().estimate.model?.base.mean ?? 0;
  expect(mean).toBeGreaterThan(0.6 * ((600 + 2 * SHORT) / 3));
});

test("tasks that never end do not hold a run beyond the money for its sample", () => {
  const world = oneInThree(1e7);
  world.proceed();
  const { endState, money, budget } = { ...world.run(), budget: world.run().money.budget };
  expect(endState).toBe("budget-too-low");
  expect(money.billed).toBeLessThanOrEqual(budget ?? 0);
});
