/** A run that is taken up again with more tasks: only what is new begins, and what was chosen holds as far as it can. */
import { describe, expect, test } from "vitest";
import type { TaskIndex } from "@stint/shared/ids.js";
import { microUsd } from "@stint/shared/units.js";
import { createChecker } from "@stint/master/planner/check-run.js";
import type { Violation } from "@stint/master/planner/check/witness.js";
import type { Decision, Frame } from "@stint/master/planner/records.js";
import type { RunSettings } from "@stint/master/planner/vocabulary/settings.js";
import { createWorld, EPOCH, type ImaginedWorld } from "@stint/master/simulate/imagined-world.js";
import { bagSize } from "@stint/master/simulate/true-runtimes.js";
import { oneCluster } from "./one-cluster.js";

const RULES = { retriesOf: () => 0, mayBeCopied: () => false };

const settings = (pricePerHour: number): RunSettings =>
  oneCluster({ pricePerHour }, { budget: microUsd(2e6) });

interface Story {
  readonly begins: number;
  readonly ends: number;
  /** Micro-dollars an hour. */
  readonly price?: number;
  readonly failures?: number;
  readonly framesBefore?: number;
}

interface Told {
  readonly world: ImaginedWorld;
  /** Since the bag grew. */
  readonly after: readonly Decision[];
  readonly violations: readonly Violation[];
}

/** Runs the first tasks to their end, or as far as asked, then all. */
function extended({ begins, ends, price = 40_000, failures = 0, framesBefore }: Story): Told {
  const frames: Frame[] = [];
  const violations: Violation[] = [];
  const asked = settings(price);
  const checker = createChecker(asked, begins, RULES);
  const runtimes = {
    kind: "drawn",
    distribution: { kind: "normal", mean: 60, deviation: 6 },
    tasks: ends,
  } as const;
  const world = createWorld({
    settings: asked,
    clusters: [
      { speed: 1, boot: { kind: "constant", value: 5 }, noise: 0, failures, lossPerHour: 0, delivers: 1 },
    ],
    runtimes,
    tasks: RULES,
    beginsWith: begins,
    audience: { seen: () => undefined },
    written(frame) {
      frames.push(frame);
      violations.push(...checker.check(frame));
    },
  });
  world.proceed(framesBefore);
  const before = frames.length;
  world.recover(world.run(), bagSize(runtimes));
  world.proceed();
  violations.push(...checker.finish());
  return { world, after: frames.slice(before).flatMap(({ decisions }) => decisions), violations };
}

const tasksOf = (decisions: readonly Decision[]): number[] =>
  decisions
    .flatMap((one) => (one.kind === "start-attempts" ? one.starts.map(({ task }) => Number(task)) : []))
    .sort((a, b) => a - b);
const kindsOf = (decisions: readonly Decision[]): ReadonlySet<string> =>
  new Set(decisions.map(({ kind }) => kind));
const from = (first: number, end: number): number[] =>
  Array.from({ length: end - first }, (_, index) => first + index);

describe("a run whose bag has grown", () => {
  test("and that was done runs the new tasks and no other, each once", () => {
    const { world, after, violations } = extended({ begins: 60, ends: 75 });
    expect(tasksOf(after)).toEqual(from(60, 75));
    expect([world.run().endState, world.run().attempts.count.done]).toEqual(["done", 75]);
    expect(violations).toEqual([]);
  });

  test("keeps the pick, and looks at its plan anew, as there are new tasks", () => {
    const { world, after } = extended({ begins: 60, ends: 90, framesBefore: 150 });
    expect(after.find(({ kind }) => kind === "ask-review")?.because).toEqual({
      kind: "fleet-changed",
      what: "bag-extended",
    });
    expect(kindsOf(after)).not.toContain("show-offers");
    expect(world.run().offer.accepted?.name).toBe("cheapest+20");
    expect(world.run().attempts.count.done).toBe(90);
  });

  test("so that there is something to choose now is offered a choice, which was not there before", () => {
    const { world, after, violations } = extended({ begins: 4, ends: 100 });
    expect([...kindsOf(after)]).toEqual(
      expect.arrayContaining(["plan-sample", "show-offers", "accept-offer"]),
    );
    expect(tasksOf(after)).toEqual(from(4, 100));
    expect([world.run().endState, violations]).toEqual(["done", []]);
  });

  test("where nothing costs anything begins again with as many machines as the new tasks need", () => {
    const { after, violations } = extended({ begins: 1, ends: 40, price: 0 });
    expect(after.find((one) => one.kind === "begin-unoffered")?.configuration).toEqual([4]);
    expect(after.filter(({ kind }) => kind === "rent-machine")).toHaveLength(4);
    expect([tasksOf(after), violations]).toEqual([from(1, 40), []]);
  });

  test("samples more, if it was stopped while it sampled", () => {
    const { world, after, violations } = extended({ begins: 20, ends: 400, framesBefore: 3 });
    expect(world.run().sample.size).toBeGreaterThan(20);
    expect(tasksOf(after)).toHaveLength(400);
    expect(violations).toEqual([]);
  });

  test("after all of its first attempts failed does not stop for those again", () => {
    const { world, after } = extended({ begins: 60, ends: 80, failures: 1 });
    expect(world.run().stopping?.because.kind).toBe("first-attempts-all-failed");
    expect(tasksOf(after).length, "new attempts are made before it stops for them").toBeGreaterThan(0);
  });
});

test("a bag that has fewer tasks than before breaks a law", () => {
  const checker = createChecker(settings(1), 3, RULES);
  const resumed = (tasks: number): Frame => ({
    event: { kind: "resumed", at: EPOCH, bagSize: tasks },
    decisions: [],
  });
  expect(checker.check(resumed(2)).map(({ law }) => law)).toEqual(["tasks-stay"]);
  expect(checker.check(resumed(5))).toEqual([]);
  expect(checker.check(resumed(4)).map(({ law }) => law)).toEqual(["tasks-stay"]);
});

test("a task of the longer bag is in it from then on, and not before", () => {
  const checker = createChecker(settings(1), 3, RULES);
  const starts: Frame = {
    event: { kind: "time-passed", at: EPOCH },
    decisions: [
      {
        kind: "start-attempts",
        machine: "small-1" as never,
        starts: [{ task: 3 as TaskIndex, attempt: 1 as never, kind: "run" }],
        because: { kind: "sampling" },
      },
    ],
  };
  const laws = (): string[] => checker.check(starts).map(({ text }) => text);
  expect(laws()).toContain("task 3 is not in the bag");
  checker.check({ event: { kind: "resumed", at: EPOCH, bagSize: 4 }, decisions: [] });
  expect(laws()).not.toContain("task 3 is not in the bag");
});
