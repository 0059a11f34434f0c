/** When the first attempts all fail, the rest of the bag is not tried: whether or not anything is learnt before. */
import { describe, expect, test } from "vitest";
import { microUsd } from "@stint/shared/units.js";
import { createWorld, type ImaginedWorld } from "@stint/master/simulate/imagined-world.js";
import { summarise } from "@stint/master/planner/report/summarise.js";
import type { RunSettings } from "@stint/master/planner/vocabulary/settings.js";
import { oneCluster } from "./one-cluster.js";

const TASKS = 200;

interface Case {
  readonly budget?: number;
  readonly halt?: RunSettings["halt"];
  readonly retries?: number;
  readonly tasks?: number;
}

const settingsOf = ({ budget, halt }: Case): RunSettings =>
  oneCluster(
    { most: 1, slots: 2, ...(budget === undefined && { pricePerHour: 0 }) },
    { ...(budget !== undefined && { budget: microUsd(budget) }), ...(halt !== undefined && { halt }) },
  );

/** Every attempt of every task fails. */
function allFail(of: Case): ImaginedWorld {
  const { retries = 0, tasks = TASKS } = of;
  const world = createWorld({
    settings: settingsOf(of),
    clusters: [
      {
        speed: 1,
        boot: { kind: "constant", value: 1 },
        noise: 0,
        failures: 1,
        lossPerHour: 0,
        delivers: 1,
      },
    ],
    runtimes: { kind: "drawn", distribution: { kind: "normal", mean: 10, deviation: 1 }, tasks },
    tasks: { retriesOf: () => retries, mayBeCopied: () => false },
    audience: { seen: () => undefined },
  });
  world.proceed();
  return world;
}

const FREE: Case = {};
const PAID: Case = { budget: 1_000_000 };

describe("the first attempts all fail", () => {
  test.each([
    ["a free cluster, of which nothing is to be learnt", FREE],
    ["a cluster that is sampled", PAID],
  ])("%s stops after a few", (_title, of) => {
    const { attempts, endState, stopping } = allFail(of).run();
    expect(endState).toBe("failed-tasks");
    expect(stopping?.because.kind).toBe("first-attempts-all-failed");
    expect(attempts.count.failed).toBeLessThan(10);
  });

  test.each<readonly [string, RunSettings["halt"], number]>([
    ["never", "never", TASKS],
    ["at forty", { how: "soon", fail: { kind: "count", tasks: 40 } }, 40],
  ])("whoever said when failures stop a free run is taken at their word: %s", (_title, halt, least) => {
    const { attempts } = allFail({ ...FREE, ...(halt !== undefined && { halt }) }).run();
    expect(attempts.count.failed).toBeGreaterThanOrEqual(least);
  });

  test("few tasks that are tried again and again use all their retries", () => {
    const { attempts, stopping } = allFail({ ...FREE, retries: 5, tasks: 3 }).run();
    expect(stopping?.because.kind).toBe("all-tasks-ended");
    expect(attempts.ended.failed).toBe(18);
  });

  test("the time of a run goes on to its last failure", () => {
    const world = allFail({ ...FREE, tasks: 2 });
    const { makespan_s: makespan } = summarise(world.run(), { run: "x", bag: "x", state: "failed-tasks" });
    expect(makespan).toBeGreaterThan(5);
  });
});

test("a sample of which all fails does not end a run that is to go on: each task has its attempt, and they failed", () => {
  const { attempts, endState, money } = allFail({ ...PAID, halt: "never" }).run();
  expect(endState).toBe("failed-tasks");
  expect(attempts.count.failed).toBe(TASKS);
  expect(money.billed).toBeLessThan(1_000_000);
});

describe("a run that was stopped by its first failures", () => {
  test.each([
    ["free", FREE],
    ["sampled", PAID],
  ])("goes on when it is taken up again: %s", (_title, of) => {
    const world = allFail(of);
    const before = world.run().attempts.count.failed;
    world.recover(world.run());
    world.proceed();
    expect(world.run().attempts.count.failed).toBeGreaterThan(before + 5);
  });

  test("stops again when what failed is tried once more and nothing was mended", () => {
    const world = allFail(FREE);
    const { attempts } = world.run();
    const failed = [...attempts.state.keys()].filter((task) => attempts.state[task] === 3);
    world.tell((at) => ({ kind: "retry-asked", at }));
    world.recover(world.run());
    world.proceed();
    const { count, ordered } = world.run().attempts;
    expect(count.failed).toBeLessThan(10);
    expect(failed.map((task) => ordered[task])).toEqual(failed.map(() => 2));
  });
});
