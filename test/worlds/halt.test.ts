import { describe, expect, test } from "vitest";
import { createWorld, type ImaginedWorld } from "@stint/master/simulate/imagined-world.js";
import { dueHalt } from "@stint/master/planner/halt.js";
import { newRun } from "@stint/master/planner/run-state.js";
import type { Halt, RunSettings } from "@stint/master/planner/vocabulary/settings.js";
import { oneCluster } from "./one-cluster.js";

const settings = (halt?: Halt): RunSettings =>
  oneCluster({ most: 2, slots: 2 }, halt === undefined ? {} : { halt });

const count = (tasks: number): Halt["fail"] => ({ kind: "count", tasks });
const share = (percent: number): Halt["fail"] => ({ kind: "share", percent });

describe("a halt", () => {
  test.each<readonly [string, Halt["fail"], readonly [givenUp: number, ended: number], boolean]>([
    ["one fewer than asked for", count(3), [2, 100], false],
    ["as many as asked for", count(3), [3, 100], true],
    ["the first of one", count(1), [1, 1], true],
    ["a share that is not reached", share(10), [9, 100], false],
    ["a share that is reached", share(10), [10, 100], true],
    ["a share of too few", share(10), [2, 2], false],
    ["a share of three", share(10), [3, 3], true],
    ["nothing that failed", share(10), [0, 50], false],
  ])("%s", (_title, fail, [givenUp, endedNow], halts) => {
    const run = newRun(settings({ how: "soon", fail }), SHAPE, 0 as never);
    run.attempts.givenUp = givenUp;
    run.attempts.endedNow = endedNow;
    expect(dueHalt(run) !== undefined).toBe(halts);
  });

  test("is not asked for by who says nothing", () => {
    const run = newRun(settings(), SHAPE, 0 as never);
    run.attempts.givenUp = 100;
    run.attempts.endedNow = 100;
    expect(dueHalt(run)).toBeUndefined();
  });

  test("soon lets what runs come to its end, now does not", () => {
    const soon = halted("soon");
    const now = halted("now");
    expect(soon.run().attempts.ended.cancelled).toBe(0);
    expect(now.run().attempts.ended.cancelled).toBeGreaterThan(0);
    for (const world of [soon, now]) {
      expect(world.run().endState).toBe("failed-tasks");
      expect(world.run().attempts.count.waiting).toBeGreaterThan(0);
    }
  });

  test("counts anew when the run is taken up again", () => {
    const world = halted("soon");
    const before = world.run().attempts.count.failed;
    world.recover(world.run());
    world.proceed();
    expect(world.run().attempts.count.failed).toBeGreaterThanOrEqual(before + FAIL);
  });
});

const TASKS = 200;
const FAIL = 4;
const SHAPE = { size: TASKS, retriesOf: () => 0, mayBeCopied: () => false };

/** A quarter of all tasks fails, each after ten minutes. */
function halted(how: Halt["how"]): ImaginedWorld {
  const world = createWorld({
    settings: settings({ how, fail: count(FAIL) }),
    clusters: [
      {
        speed: 1,
        boot: { kind: "constant", value: 5 },
        noise: 0.1,
        failures: 0.25,
        lossPerHour: 0,
        delivers: 1,
      },
    ],
    runtimes: { kind: "drawn", distribution: { kind: "constant", value: 600 }, tasks: TASKS },
    tasks: SHAPE,
    audience: { seen: () => undefined },
  });
  world.proceed();
  return world;
}
