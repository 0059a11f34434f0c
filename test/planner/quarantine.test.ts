/** Machines that go away with a task: three times by themselves, and it is started no more; otherwise it is blameless. */
import { describe, expect, test } from "vitest";
import {
  at,
  because,
  ended,
  frame,
  gone,
  id,
  ready,
  release,
  renew,
  rent,
  settings,
  start,
  tick,
} from "./told-frames.js";
import { applyFrame } from "@stint/master/planner/decide.js";
import type { Decision, Frame } from "@stint/master/planner/records.js";
import { newRun, type Run } from "@stint/master/planner/run-state.js";

const SHAPE = { size: 4, retriesOf: () => 0, mayBeCopied: () => false };

/** A machine that asks for work is given these tasks, each as its next attempt. */
const begin = (machine: number, ...starts: readonly Decision[]): Frame[] => [
  frame(tick(machine), rent(machine, machine + 5)),
  frame(ready(machine, machine)),
  frame({ kind: "tasks-wanted", machine: id(machine), credit: 2, at: at(machine) }, ...starts),
];
/** It is gone a minute later. */
const lose = (machine: number, ...starts: readonly Decision[]): Frame[] => loseAfter(1, machine, ...starts);
const loseAfter = (minute: number, machine: number, ...starts: readonly Decision[]): Frame[] => [
  ...begin(machine, ...starts),
  frame(gone(machine, machine + minute)),
];
const alone = (machine: number): Frame[] => lose(machine, start(machine, 0, machine));

const after = (...frames: readonly Frame[]): Run => afterIn(SHAPE.size, ...frames);
function afterIn(size: number, ...frames: readonly Frame[]): Run {
  const run = newRun(settings(1e6), { ...SHAPE, size }, 0 as never);
  run.phase = "running";
  for (const one of frames) applyFrame(run, one);
  return run;
}

const suspicions = (run: Run): number[] => [...run.attempts.suspicions];

describe("a task whose machine goes away", () => {
  test("three times by itself is quarantined, with its retries untouched", () => {
    const two = after(...alone(1), ...alone(2));
    expect(two.attempts.count).toMatchObject({ waiting: 4, quarantined: 0 });
    const three = after(...alone(1), ...alone(2), ...alone(3));
    expect(three.attempts.count).toMatchObject({ waiting: 3, failed: 0, quarantined: 1 });
    expect([...three.attempts.failures]).toEqual([0, 0, 0, 0]);
  });

  test("three times by itself is not, where machines go away under others as well; ten times it is", () => {
    const stormy = [1, 2, 3].flatMap((round) => [
      ...lose(3 * round - 2, start(3 * round - 2, 0, round)),
      ...lose(3 * round - 1, start(3 * round - 1, 1, round)),
      ...lose(3 * round, start(3 * round, 2, round)),
    ]);
    const three = after(...stormy.slice(0, -4));
    expect([suspicions(three), three.attempts.count.quarantined]).toEqual([[3, 3, 2, 0], 0]);
    const more = [4, 5, 6, 7, 8, 9, 10].flatMap((attempt) =>
      lose(attempt + 6, start(attempt + 6, 0, attempt)),
    );
    expect(after(...stormy, ...more).attempts.count).toMatchObject({ quarantined: 1, waiting: 3 });
  });

  describe("in a bag of sixty that end at once, while two others are lost once a minute", () => {
    const storm = [1, 2].flatMap((attempt) => [
      ...lose(2 * attempt - 1, start(2 * attempt - 1, 1, attempt)),
      ...lose(2 * attempt, start(2 * attempt, 2, attempt)),
    ]);
    const quick = [
      ...begin(5, start(5, 3)),
      ...Array.from({ length: 59 }, (_, index) =>
        frame(ended(5, index + 3, 1, { minute: 5 }), start(5, index + 4)),
      ),
    ];
    const lostAfter = (minute: number): Run =>
      afterIn(
        63,
        ...storm,
        ...quick,
        ...[1, 2, 3].flatMap((attempt) => loseAfter(minute, 5 + attempt, start(5 + attempt, 0, attempt))),
      );

    test("is blameless where each had run it as long as those", () => {
      expect(lostAfter(1).attempts.count.quarantined).toBe(0);
    });

    test("is quarantined where each went as soon as it had begun", () => {
      expect(lostAfter(1 / 16).attempts.count.quarantined).toBe(1);
    });
  });

  test("is the only one under suspicion when it was the suspect there", () => {
    const run = after(
      ...lose(1, start(1, 0), start(1, 1)),
      ...lose(2, start(2, 0, 2), start(2, 1, 2)),
      ...lose(3, start(3, 0, 3), start(3, 2)),
    );
    expect(suspicions(run)).toEqual([3, 2, 0, 0]);
  });

  test.each<readonly [string, readonly Decision[]]>([
    ["was given back", [release(1)]],
    ["was not to be paid for any longer", [{ kind: "let-lapse", machine: id(1), because }]],
    [
      "ran what was no longer wanted",
      [{ kind: "cancel-attempts", machine: id(1), attempts: [{ task: 0, attempt: 1 } as never], because }],
    ],
  ])("is blameless when it %s", (_title, before) => {
    expect(suspicions(after(...begin(1, start(1, 0)), frame(tick(1), ...before), frame(gone(1, 2))))).toEqual(
      [0, 0, 0, 0],
    );
  });

  test("is blameless at the end of what was paid, and under suspicion before", () => {
    const begun = begin(1, start(1, 0));
    expect(suspicions(after(...begun, frame(gone(1, 6))))).toEqual([0, 0, 0, 0]);
    expect(suspicions(after(...begun, frame(gone(1, 5))))).toEqual([1, 0, 0, 0]);
    expect(suspicions(after(...begun, frame(tick(4), renew(1, 9)), frame(gone(1, 6))))).toEqual([1, 0, 0, 0]);
  });

  test("is blameless when a master that took the run up again finds it gone, until it has been heard", () => {
    const begun = [...begin(1, start(1, 0)), frame({ kind: "resumed", at: 120_000_000 as never })];
    expect(suspicions(after(...begun, frame(gone(1, 3))))).toEqual([0, 0, 0, 0]);
    const heard = frame({ kind: "machine-back", machine: id(1), at: 150_000_000 as never });
    expect(suspicions(after(...begun, heard, frame(gone(1, 3))))).toEqual([1, 0, 0, 0]);
  });

  test("that is quarantined while a task beside it ends well takes nothing from that one", () => {
    const run = after(
      ...alone(1),
      ...alone(2),
      ...begin(3, start(3, 0, 3), start(3, 1)),
      frame(ended(3, 1, 1, { minute: 4 })),
      frame(gone(3, 5)),
    );
    expect(run.attempts.count).toMatchObject({ done: 1, quarantined: 1, waiting: 2 });
  });
});
