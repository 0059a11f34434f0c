/**
 * Frames as a story tells them: one small cluster, machines and tasks by number, minutes for instants. For tests of
 * what judges frames.
 */
import type { ClusterName, MachineId, TaskIndex, AttemptNumber } from "@stint/shared/ids.js";
import type { AttemptEnding } from "@stint/shared/observation.js";
import { instant, microUsd, microUsdPerHour, minutes, NO_TIME, seconds } from "@stint/shared/units.js";
import type { AttemptKind } from "../../packages/master/src/planner/attempts/records.js";
import { createChecker } from "../../packages/master/src/planner/check-run.js";
import type { Law, TaskRules } from "../../packages/master/src/planner/check/witness.js";
import type { Decision, Frame, RunEvent } from "../../packages/master/src/planner/records.js";
import type { EndState } from "../../packages/master/src/planner/vocabulary/phase.js";
import type { RunSettings } from "../../packages/master/src/planner/vocabulary/settings.js";

export const DIME_AN_HOUR = microUsdPerHour(100_000);
/** Ten minutes of one machine: 16,667 micro-dollars, rounded up. */
export const TEN_MINUTES = 16_667;

export const settings = (budget = 2 * TEN_MINUTES): RunSettings => ({
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

export const at = (minute: number) => instant(minute * 60_000_000);
export const because = { kind: "for-the-test" } as never;
export const id = (number: number) => `small-${String(number)}` as MachineId;
export const ref = (task: number, attempt: number) => ({
  task: task as TaskIndex,
  attempt: attempt as AttemptNumber,
});

export const frame = (event: RunEvent, ...decisions: Decision[]): Frame => ({ event, decisions });
export const tick = (minute: number): RunEvent => ({ kind: "time-passed", at: at(minute) });
export const rent = (machine: number, until = 10): Decision => ({
  kind: "rent-machine",
  machine: id(machine),
  cluster: 0,
  paidUntil: at(until),
  because,
});
export const renew = (machine: number, until: number): Decision => ({
  kind: "renew-machine",
  machine: id(machine),
  paidUntil: at(until),
  because,
});
export const release = (machine: number): Decision => ({
  kind: "release-machine",
  machine: id(machine),
  because,
});
export const ready = (machine: number, minute = 0): RunEvent => ({
  kind: "machine-ready",
  machine: id(machine),
  slots: 2,
  at: at(minute),
});
export const gone = (machine: number, minute: number): RunEvent => ({
  kind: "machine-gone",
  machine: id(machine),
  cause: "released",
  at: at(minute),
});
export const silent = (machine: number, minute: number): RunEvent => ({
  kind: "machine-silent",
  machine: id(machine),
  since: at(minute),
  at: at(minute),
});
export const start = (machine: number, task: number, attempt = 1, kind: AttemptKind = "run"): Decision => ({
  kind: "start-attempts",
  machine: id(machine),
  starts: [{ ...ref(task, attempt), kind }],
  because,
});
export const WELL: AttemptEnding = { kind: "exited", code: 0 };
export const BADLY: AttemptEnding = { kind: "exited", code: 1 };
interface Ended {
  readonly ending?: AttemptEnding;
  readonly minute?: number;
}
export const ended = (machine: number, task: number, attempt = 1, how: Ended = {}): RunEvent => ({
  kind: "attempts-ended",
  machine: id(machine),
  credit: 1,
  at: at(how.minute ?? 1),
  results: [
    {
      ...ref(task, attempt),
      ending: how.ending ?? WELL,
      startedAt: at(0),
      endedAt: at(how.minute ?? 1),
      slot: 1,
      stdoutBytes: 0,
      stderrBytes: 0,
    },
  ],
});
export const stopping = (state: EndState): Decision => ({
  kind: "begin-stopping",
  state,
  now: true,
  because,
});
export const end = (state: EndState): Decision => ({ kind: "end-run", state, because });

export const RULES: TaskRules = { retriesOf: () => 1, mayBeCopied: (task) => task !== 0 };
/** The frames every story begins with: one machine, ready to work. */
export const OPENING = [frame(tick(0), rent(1)), frame(ready(1))];

export const lawsBroken = (frames: readonly Frame[], checkEnd = false, rules = RULES): Law[] => {
  const checker = createChecker(settings(), 2, rules);
  const found = frames.flatMap((each) => checker.check(each));
  return [...found, ...(checkEnd ? checker.finish() : [])].map(({ law }) => law);
};

export const WHOLE_RUN = [
  ...OPENING,
  frame(tick(0), start(1, 0), start(1, 1)),
  frame(ended(1, 0, 1, { ending: BADLY }), start(1, 0, 2, "retry")),
  frame(ended(1, 1)),
  frame(tick(5), renew(1, 12)),
  frame(ended(1, 0, 2, { minute: 11 }), stopping("done"), release(1)),
  frame(gone(1, 11), end("done")),
];
