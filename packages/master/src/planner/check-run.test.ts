/** Every law is broken once here, and the checker is expected to say so; a run without fault leaves it silent. */
import { describe, expect, test } from "vitest";
import type { ClusterName, MachineId, TaskIndex, AttemptNumber } from "@stint/shared/ids.js";
import type { AttemptEnding } from "@stint/shared/observation.js";
import { instant, microUsd, microUsdPerHour, minutes, NO_TIME, seconds } from "@stint/shared/units.js";
import type { AttemptKind } from "./attempts/records.js";
import { createChecker } from "./check-run.js";
import type { Law, TaskRules } from "./check/witness.js";
import type { Decision, Frame, RunEvent } from "./records.js";
import type { EndState } from "./vocabulary/phase.js";
import type { RunSettings } from "./vocabulary/settings.js";

const DIME_AN_HOUR = microUsdPerHour(100_000);
/** Ten minutes of one machine: 16,667 micro-dollars, rounded up. */
const TEN_MINUTES = 16_667;

const settings = (budget = 2 * TEN_MINUTES): RunSettings => ({
  name: "checked",
  clusters: [
    {
      name: "small" as ClusterName,
      provider: "local",
      most: 2,
      slots: 2,
      tariff: { price: DIME_AN_HOUR, atu: minutes(1), minimum: NO_TIME, grace: NO_TIME },
      bootLimit: seconds(30),
      bootExpected: seconds(1),
      speed: 1,
    },
  ],
  budget: microUsd(budget),
  seed: 1,
  review: minutes(5),
  wait: minutes(5),
  strict: false,
  yes: true,
  without: [],
});

const at = (minute: number) => instant(minute * 60_000_000);
const because = { kind: "for-the-test" } as never;
const id = (number: number) => `small-${String(number)}` as MachineId;
const ref = (task: number, attempt: number) => ({
  task: task as TaskIndex,
  attempt: attempt as AttemptNumber,
});

const frame = (event: RunEvent, ...decisions: Decision[]): Frame => ({ event, decisions });
const tick = (minute: number): RunEvent => ({ kind: "time-passed", at: at(minute) });
const rent = (machine: number, until = 10): Decision => ({
  kind: "rent-machine",
  machine: id(machine),
  cluster: 0,
  paidUntil: at(until),
  because,
});
const renew = (machine: number, until: number): Decision => ({
  kind: "renew-machine",
  machine: id(machine),
  paidUntil: at(until),
  because,
});
const release = (machine: number): Decision => ({ kind: "release-machine", machine: id(machine), because });
const ready = (machine: number, minute = 0): RunEvent => ({
  kind: "machine-ready",
  machine: id(machine),
  slots: 2,
  at: at(minute),
});
const gone = (machine: number, minute: number): RunEvent => ({
  kind: "machine-gone",
  machine: id(machine),
  cause: "released",
  at: at(minute),
});
const silent = (machine: number, minute: number): RunEvent => ({
  kind: "machine-silent",
  machine: id(machine),
  since: at(minute),
  at: at(minute),
});
const start = (machine: number, task: number, attempt = 1, kind: AttemptKind = "run"): Decision => ({
  kind: "start-attempts",
  machine: id(machine),
  starts: [{ ...ref(task, attempt), kind }],
  because,
});
const WELL: AttemptEnding = { kind: "exited", code: 0 };
const BADLY: AttemptEnding = { kind: "exited", code: 1 };
const ended = (machine: number, task: number, attempt = 1, ending = WELL, minute = 1): RunEvent => ({
  kind: "attempts-ended",
  machine: id(machine),
  credit: 1,
  at: at(minute),
  results: [
    {
      ...ref(task, attempt),
      ending,
      startedAt: at(0),
      endedAt: at(minute),
      slot: 1,
      stdoutBytes: 0,
      stderrBytes: 0,
    },
  ],
});
const stopping = (state: EndState): Decision => ({ kind: "begin-stopping", state, now: true, because });
const end = (state: EndState): Decision => ({ kind: "end-run", state, because });

const RULES: TaskRules = { retriesOf: () => 1, mayBeCopied: (task) => task !== 0 };
/** The frames every story begins with: one machine, ready to work. */
const OPENING = [frame(tick(0), rent(1)), frame(ready(1))];

const lawsBroken = (frames: readonly Frame[], checkEnd = false, rules = RULES): Law[] => {
  const checker = createChecker(settings(), 2, rules);
  const found = frames.flatMap((each) => checker.check(each));
  return [...found, ...(checkEnd ? checker.finish() : [])].map(({ law }) => law);
};

const WHOLE_RUN = [
  ...OPENING,
  frame(tick(0), start(1, 0), start(1, 1)),
  frame(ended(1, 0, 1, BADLY), start(1, 0, 2, "retry")),
  frame(ended(1, 1)),
  frame(tick(5), renew(1, 12)),
  frame(ended(1, 0, 2, WELL, 11), stopping("done"), release(1)),
  frame(gone(1, 11), end("done")),
];

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
    "a third try of a task that may be retried once",
    "retries-within-allowance",
    [
      ...OPENING,
      frame(tick(0), start(1, 1)),
      frame(ended(1, 1, 1, BADLY), start(1, 1, 2, "retry")),
      frame(ended(1, 1, 2, BADLY), start(1, 1, 3, "retry")),
    ],
  ],
  ["a result of an attempt nobody started", "results-of-started-attempts", [...OPENING, frame(ended(1, 1))]],
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

describe("what looks like a fault and is none", () => {
  test("a result that comes twice, or after its machine was given up, changes nothing", () => {
    const frames = [
      ...OPENING,
      frame(tick(0), start(1, 0)),
      frame(gone(1, 1)),
      frame(ended(1, 0, 1, WELL, 2)),
      frame(ended(1, 0, 1, WELL, 3)),
    ];
    expect(lawsBroken(frames)).toEqual([]);
  });

  test("a lost attempt uses up no retry", () => {
    const lose = (machine: number, attempt: number) => [
      frame(tick(attempt), rent(machine, attempt + 2)),
      frame(ready(machine, attempt), start(machine, 0, attempt)),
      frame(gone(machine, attempt)),
    ];
    expect(lawsBroken([1, 2, 3, 4].flatMap((turn) => lose(turn, turn)))).toEqual([]);
  });

  test("a pair runs on more than two clusters at once, done or not", () => {
    const pairs = [1, 2, 3].map((attempt) => start(1, 1, attempt, "pair"));
    const later = frame(ended(1, 1), start(1, 1, 4, "pair"));
    expect(lawsBroken([...OPENING, frame(tick(0), ...pairs), later])).toEqual([]);
  });

  test("money that was added may be spent", () => {
    const added: RunEvent = { kind: "budget-added", amount: microUsd(TEN_MINUTES), at: at(1) };
    expect(lawsBroken([...OPENING, frame(added), frame(tick(1), renew(1, 30))])).toEqual([]);
  });

  test("a launch that certainly failed gives its money back", () => {
    const refused: RunEvent = {
      kind: "machine-launch-failed",
      machine: id(1),
      code: "full",
      message: "no room",
      at: at(0),
    };
    expect(lawsBroken([frame(tick(0), rent(1)), frame(refused, rent(2, 20))])).toEqual([]);
  });

  test("a run that was stopped starts tasks again after it was resumed and its machines were heard", () => {
    const back: RunEvent = { kind: "machine-back", machine: id(1), at: at(2) };
    const frames = [
      ...OPENING,
      frame(tick(1), stopping("stopped")),
      frame({ kind: "resumed", at: at(2) }),
      frame(back, start(1, 0)),
    ];
    expect(lawsBroken(frames)).toEqual([]);
  });

  test("a finished run that is resumed is still finished", () => {
    expect(lawsBroken([...WHOLE_RUN, frame({ kind: "resumed", at: at(20) })], true)).toEqual([]);
  });
});
