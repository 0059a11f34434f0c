/** Failed tasks that are wanted after all: each goes again once, with all its retries, and the laws hold. */
import { expect, test } from "vitest";
import type { TaskIndex } from "@stint/shared/ids.js";
import { createWorld, type ImaginedWorld } from "@stint/master/simulate/imagined-world.js";
import { createChecker } from "@stint/master/planner/check-run.js";
import type { Violation } from "@stint/master/planner/check/witness.js";
import type { Frame } from "@stint/master/planner/records.js";
import { oneCluster } from "./one-cluster.js";

const TASKS = 40;
const RULES = { retriesOf: () => 1, mayBeCopied: () => false };

const settings = oneCluster();

interface Seen {
  readonly world: ImaginedWorld;
  readonly frames: Frame[];
  readonly violations: Violation[];
  readonly finish: () => readonly Violation[];
}

/** Four of ten attempts fail, so that some tasks fail for good. */
function endedRun(): Seen {
  const frames: Frame[] = [];
  const violations: Violation[] = [];
  const checker = createChecker(settings, TASKS, RULES);
  const world = createWorld({
    settings,
    clusters: [
      {
        speed: 1,
        boot: { kind: "constant", value: 5 },
        noise: 0.1,
        failures: 0.4,
        lossPerHour: 0,
        delivers: 1,
      },
    ],
    runtimes: { kind: "drawn", distribution: { kind: "normal", mean: 60, deviation: 6 }, tasks: TASKS },
    tasks: RULES,
    audience: { seen: () => undefined },
    written(frame) {
      frames.push(frame);
      violations.push(...checker.check(frame));
    },
  });
  world.proceed();
  return { world, frames, violations, finish: () => checker.finish() };
}

const startsOf = (frames: readonly Frame[]): TaskIndex[] =>
  frames.flatMap(({ decisions }) =>
    decisions.flatMap((one) => (one.kind === "start-attempts" ? one.starts.map(({ task }) => task) : [])),
  );

test("a retry runs every task that failed for good again, and no other", () => {
  const { world, frames, violations, finish } = endedRun();
  const { state, count } = world.run().attempts;
  const failed = [...state.keys()].filter((task) => state[task] === 3);
  expect([world.run().endState, failed.length]).toEqual(["failed-tasks", count.failed]);
  expect(failed.length).toBeGreaterThan(2);
  const before = frames.length;
  world.tell((at) => ({ kind: "retry-asked", at }));
  expect(world.run().attempts.count).toEqual({
    waiting: failed.length,
    running: 0,
    done: TASKS - failed.length,
    failed: 0,
    quarantined: 0,
  });
  world.recover(world.run());
  world.proceed();
  const again = startsOf(frames.slice(before));
  expect([...new Set(again)].sort((a, b) => a - b)).toEqual(failed);
  const most = Math.max(...failed.map((task) => again.filter((other) => other === task).length));
  expect(most, "all retries are there again").toBe(2);
  const { done, failed: left } = world.run().attempts.count;
  expect([done + left, done > TASKS - failed.length]).toEqual([TASKS, true]);
  expect([violations, finish()]).toEqual([[], []]);
});
