/** Every law is broken once here, and the checker is expected to say so; a run without fault leaves it silent. */
import { describe, expect, test } from "vitest";
import {
  at,
  BADLY,
  because,
  end,
  ended,
  frame,
  gone,
  lawsBroken,
  OPENING,
  ready,
  release,
  renew,
  rent,
  RULES,
  settings,
  silent,
  start,
  stopping,
  TEN_MINUTES,
  tick,
  WHOLE_RUN,
} from "../../../../test/planner/told-frames.js";
import { createChecker } from "./check-run.js";
import type { Law } from "./check/witness.js";
import type { Decision, Frame } from "./records.js";

test("a run without fault breaks no law, and its end is true", () => {
  expect(lawsBroken(WHOLE_RUN, true)).toEqual([]);
});

test("a violation says where it was seen and with which numbers", () => {
  const checker = createChecker(settings(TEN_MINUTES - 1), 2, RULES);
  expect(checker.check(frame(tick(3), rent(1, 13)))).toEqual([
    {
      law: "money-within-budget",
      frame: 1,
      at: at(3),
      text: "after rent-machine: 0 billed and 16667 still liable micro-dollars, the budget is 16666",
    },
  ]);
});

/** A machine that is rented for these tasks and goes away by itself a minute before its time. */
const lostWith = (turn: number, tasks: readonly number[] = [0]): Frame[] => [
  frame(tick(turn), rent(turn, turn + 2)),
  frame(ready(turn, turn), ...tasks.map((task) => start(turn, task, turn))),
  frame(gone(turn, turn)),
];

const FAULTS: readonly (readonly [string, Law, readonly Frame[]])[] = [
  [
    "a second lease that the budget does not cover",
    "money-within-budget",
    [...OPENING, frame(tick(1), rent(2, 12))],
  ],
  [
    "a renewal that the budget does not cover",
    "money-within-budget",
    [...OPENING, frame(tick(1), renew(1, 21))],
  ],
  [
    "money of a machine that is gone, spent a second time",
    "money-within-budget",
    [...OPENING, frame(gone(1, 9)), frame(tick(9), rent(2, 21))],
  ],
  ["a start on a machine nobody rented", "starts-only-on-live-machines", [frame(tick(0), start(1, 0))]],
  [
    "a start on a machine that is not ready",
    "starts-only-on-live-machines",
    [frame(tick(0), rent(1), start(1, 0))],
  ],
  [
    "a start on a silent machine",
    "starts-only-on-live-machines",
    [...OPENING, frame(silent(1, 1)), frame(tick(2), start(1, 0))],
  ],
  [
    "a start on a released machine",
    "starts-only-on-live-machines",
    [...OPENING, frame(tick(1), release(1)), frame(tick(2), start(1, 0))],
  ],
  [
    "a start on a machine that is gone",
    "starts-only-on-live-machines",
    [...OPENING, frame(gone(1, 1)), frame(tick(2), start(1, 0))],
  ],
  ["a start at paid-until", "starts-only-on-live-machines", [...OPENING, frame(tick(10), start(1, 0))]],
  [
    "a start after a resume on a machine that has not been heard again",
    "starts-only-on-live-machines",
    [...OPENING, frame({ kind: "resumed", at: at(1) }, start(1, 0))],
  ],
  [
    "a start of a task outside the bag",
    "starts-only-waiting-tasks",
    [...OPENING, frame(tick(1), start(1, 2))],
  ],
  [
    "a start of a task that is done",
    "starts-only-waiting-tasks",
    [...OPENING, frame(tick(0), start(1, 1)), frame(ended(1, 1), start(1, 1, 2))],
  ],
  [
    "a second ordinary start of a running task",
    "starts-only-waiting-tasks",
    [...OPENING, frame(tick(0), start(1, 1), start(1, 1, 2))],
  ],
  [
    "a copy of a task that may not be copied",
    "starts-only-waiting-tasks",
    [...OPENING, frame(tick(0), start(1, 0), start(1, 0, 2, "replica"))],
  ],
  [
    "a pair after sampling",
    "starts-only-waiting-tasks",
    [...OPENING, frame(tick(0), { kind: "end-sampling", because }, start(1, 1, 1, "pair"))],
  ],
  [
    "a third attempt at once",
    "attempts-at-once",
    [...OPENING, frame(tick(0), start(1, 1), start(1, 1, 2, "replica"), start(1, 1, 3, "replica"))],
  ],
  ["an attempt number left out", "attempts-in-order", [...OPENING, frame(tick(0), start(1, 1, 2))]],
  [
    "a fourth machine for a task that took three down",
    "quarantine-holds",
    [1, 2, 3]
      .flatMap((turn) => lostWith(turn))
      .concat(frame(tick(4), rent(4, 6)), frame(ready(4, 4), start(4, 0, 4))),
  ],
  [
    "two suspects on one machine",
    "suspects-apart",
    [1, 2]
      .flatMap((turn) => lostWith(turn, [0, 1]))
      .concat(frame(tick(3), rent(3, 5)), frame(ready(3, 3), start(3, 0, 3), start(3, 1, 3))),
  ],
  [
    "a third try of a task that may be retried once",
    "retries-within-allowance",
    [
      ...OPENING,
      frame(tick(0), start(1, 1)),
      frame(ended(1, 1, 1, { ending: BADLY }), start(1, 1, 2, "retry")),
      frame(ended(1, 1, 2, { ending: BADLY }), start(1, 1, 3, "retry")),
    ],
  ],
  ["a result of an attempt nobody started", "results-of-started-attempts", [...OPENING, frame(ended(1, 1))]],
  [
    "a result of an attempt nobody started, after an end by which nothing was lost",
    "results-of-started-attempts",
    [...OPENING, frame({ kind: "resumed", at: at(5) }), frame(ended(1, 1))],
  ],
  [
    "a result from a machine on which it was not started",
    "results-of-started-attempts",
    [...OPENING, frame(tick(0), start(1, 1)), frame(ended(7, 1))],
  ],
  [
    "a start while the run winds up",
    "nothing-new-while-stopping",
    [...OPENING, frame(tick(1), stopping("stopped"), start(1, 0))],
  ],
  [
    "a rent while the run winds up",
    "nothing-new-while-stopping",
    [frame(tick(1), stopping("stopped"), rent(1, 3))],
  ],
  [
    "a renewal after the end",
    "nothing-new-while-stopping",
    [...OPENING, frame(tick(1), end("stopped"), renew(1, 12))],
  ],
  [
    "a start while the run is paused",
    "nothing-new-while-paused",
    [...OPENING, frame({ kind: "pause-asked", at: at(1) }), frame(tick(1), start(1, 0))],
  ],
  [
    "a rent while the run is paused",
    "nothing-new-while-paused",
    [frame({ kind: "pause-asked", at: at(1) }, rent(1, 3))],
  ],
  [
    "a renewal while the run is paused",
    "nothing-new-while-paused",
    [...OPENING, frame({ kind: "pause-asked", at: at(1) }), frame(tick(1), renew(1, 12))],
  ],
  ["a lease that is shortened", "leases-only-grow", [...OPENING, frame(tick(1), renew(1, 9))]],
  ["a renewal that adds nothing", "leases-only-grow", [...OPENING, frame(tick(1), renew(1, 10))]],
  [
    "a renewal of a silent machine",
    "leases-only-grow",
    [...OPENING, frame(silent(1, 1)), frame(tick(2), renew(1, 12))],
  ],
  ["a renewal after paid-until", "leases-only-grow", [...OPENING, frame(tick(10), renew(1, 12))]],
  [
    "a renewal of a machine that was given back",
    "leases-only-grow",
    [...OPENING, frame(tick(1), release(1), renew(1, 12))],
  ],
  ["a lease that ends when it begins", "leases-only-grow", [frame(tick(3), rent(1, 3))]],
  ["a machine's name used twice", "rented-once", [...OPENING, frame(gone(1, 1)), frame(tick(1), rent(1, 3))]],
  [
    "more machines than the cluster has",
    "machines-within-most",
    [frame(tick(0), rent(1, 1), rent(2, 1), rent(3, 1))],
  ],
  ["an order to a machine that does not exist", "orders-name-live-machines", [frame(tick(0), renew(4, 5))]],
  [
    "a decision without a reason",
    "decisions-say-why",
    [frame(tick(0), { kind: "begin-tail" } as unknown as Decision)],
  ],
];

describe("a planted fault is reported", () => {
  test.each(FAULTS)("%s breaks %s", (_, law, frames) => {
    expect(lawsBroken(frames)).toContain(law);
  });
});

const FALSE_ENDS: readonly (readonly [string, Law, readonly Frame[]])[] = [
  ["a run that goes on", "end-state-is-true", WHOLE_RUN.slice(0, -1)],
  ["an end with a machine that may exist", "all-machines-end", [...OPENING, frame(tick(1), end("stopped"))]],
  ["done with a task left", "end-state-is-true", [...OPENING, frame(gone(1, 1), end("done"))]],
  [
    "failed-tasks when nothing failed",
    "end-state-is-true",
    [...OPENING, frame(gone(1, 1), end("failed-tasks"))],
  ],
  [
    "stopped with nothing left",
    "end-state-is-true",
    [...WHOLE_RUN.slice(0, -1), frame(gone(1, 11), end("stopped"))],
  ],
];

describe("an end that is not true is reported", () => {
  test.each(FALSE_ENDS)("%s breaks %s", (_, law, frames) => {
    expect(lawsBroken(frames, true)).toContain(law);
  });
});
