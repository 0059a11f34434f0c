import { expect, test } from "vitest";
import type { AttemptNumber, MachineId, TaskIndex } from "@stint/shared/ids.js";
import type { AttemptEnding } from "@stint/shared/observation.js";
import { instant } from "@stint/shared/units.js";
import type { Frame } from "../../planner/records.js";
import { taskStory, theOneToFollow } from "./task-story.js";

const TASK = 4 as TaskIndex;
const at = instant(1);
const on = (machine: number): MachineId => `small-${String(machine)}` as MachineId;
const ref = (attempt: number, task: number = TASK) => ({
  task: task as TaskIndex,
  attempt: attempt as AttemptNumber,
});

const started = (machine: number, attempt: number, task?: number): Frame => ({
  event: { kind: "time-passed", at },
  decisions: [
    {
      kind: "start-attempts",
      machine: on(machine),
      starts: [{ ...ref(attempt, task), kind: "run" }],
      because: { kind: "self-scheduled" },
    },
  ],
});
const ended = (machine: number, attempt: number, ending: AttemptEnding): Frame => ({
  event: {
    kind: "attempts-ended",
    at,
    machine: on(machine),
    results: [
      { ...ref(attempt), ending, startedAt: at, endedAt: at, slot: 1, stdoutBytes: 0, stderrBytes: 0 },
    ],
    credit: 1,
  },
  decisions: [],
});
const gone = (machine: number): Frame => ({
  event: { kind: "machine-gone", at, machine: on(machine), cause: "killed" },
  decisions: [],
});
const exit = (code: number): AttemptEnding => ({ kind: "exited", code });

/** Which attempt is followed after these frames, and how it has ended. */
function followed(...frames: readonly Frame[]): string {
  const story = taskStory(TASK);
  for (const frame of frames) story.see(frame);
  const one = theOneToFollow(story.attempts);
  return one === undefined ? "none" : `${String(one.attempt)} ${one.ended?.outcome ?? "runs"}`;
}

test.each<[string, string, readonly Frame[]]>([
  ["nothing was started", "none", []],
  ["another task was started", "none", [started(1, 1, 5)]],
  ["it was started", "1 runs", [started(1, 1)]],
  ["it has failed", "1 failed", [started(1, 1), ended(1, 1, exit(3))]],
  ["it is tried again", "2 runs", [started(1, 1), ended(1, 1, exit(3)), started(2, 2)]],
  ["its machine is gone", "1 lost", [started(1, 1), gone(1)]],
  ["another machine is gone", "1 runs", [started(1, 1), gone(2)]],
  ["it was lost, then its result came", "1 lost", [started(1, 1), gone(1), ended(1, 1, exit(0))]],
  ["it is copied", "1 runs", [started(1, 1), started(2, 2)]],
  ["its copy was first", "1 runs", [started(1, 1), started(2, 2), ended(2, 2, exit(0))]],
  [
    "its copy has counted",
    "2 done",
    [started(1, 1), started(2, 2), ended(2, 2, exit(0)), ended(1, 1, { kind: "cancelled" })],
  ],
])("when %s, what is followed is: %s", (_, expected, frames) => {
  expect(followed(...frames)).toBe(expected);
});
