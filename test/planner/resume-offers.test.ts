/** When are offers asked for by a master that has just taken a run up again? Not before its machines are heard. */

import { step } from "../../packages/master/src/planner/decide.js";
import { newRun, type Run } from "../../packages/master/src/planner/run-state.js";
import type { Decision, RunEvent } from "../../packages/master/src/planner/records.js";
import type { BagShape } from "../../packages/master/src/planner/vocabulary/settings.js";
import type { MachineId } from "@stint/shared/ids.js";
import type { Instant } from "@stint/shared/units.js";
import { describe, expect, test } from "vitest";
import { at, settings } from "./told-frames.js";

const SIZE = 100;
const shape = { size: SIZE, mayBeCopied: () => false, retriesOf: () => 0 } as unknown as BagShape;
const SOON = 1_000_000;

/** A run whose sample is over: offers have been asked for, and no answer has come. */
function choosing(): Run {
  const run = newRun(settings(1_000_000), shape, at(0));
  const waiting: RunEvent[] = [{ kind: "run-began", at: at(0), settings: run.settings, bagSize: SIZE }];
  for (
    let event = waiting.shift();
    event !== undefined && run.phase === "sampling";
    event = waiting.shift()
  ) {
    const now = (run.at + SOON) as Instant;
    for (const decision of step(run, { ...event, at: event.kind === "run-began" ? at(0) : now }).decisions)
      waiting.push(...answersTo(decision, now));
  }
  expect(run.phase).toBe("choosing");
  return run;
}

/** A machine that is there at once, and tasks that take a second. */
function answersTo(decision: Decision, now: Instant): RunEvent[] {
  if (decision.kind === "rent-machine")
    return [
      { kind: "machine-ready", at: now, machine: decision.machine, slots: 2 },
      { kind: "tasks-wanted", at: now, machine: decision.machine, credit: 2 },
    ];
  if (decision.kind !== "start-attempts") return [];
  return decision.starts.map(({ task, attempt }) => ({
    kind: "attempts-ended",
    at: now,
    machine: decision.machine,
    results: [
      {
        ...{
          task,
          attempt,
          ending: { kind: "exited", code: 0 },
          startedAt: now,
          endedAt: (now + SOON) as Instant,
        },
        ...{ slot: 1, stdoutBytes: 0, stderrBytes: 0 },
      },
    ],
    credit: 1,
  }));
}

const later = (run: Run, microseconds: number): Instant => (run.at + microseconds) as Instant;
const asks = (run: Run, event: RunEvent): boolean =>
  step(run, event).decisions.some(({ kind }) => kind === "ask-offers");
const machinesOf = (run: Run): MachineId[] => [...run.machines.live.keys()];

describe("a run that is resumed while an offer is to be picked", () => {
  test("asks for offers when the last of its machines is heard again, and not before", () => {
    const run = choosing();
    const [first, ...others] = machinesOf(run);
    expect(others.length).toBeGreaterThan(0);
    expect(asks(run, { kind: "resumed", at: later(run, SOON) })).toBe(false);
    for (const machine of others)
      expect(asks(run, { kind: "machine-back", at: later(run, SOON), machine })).toBe(false);
    expect(asks(run, { kind: "machine-back", at: later(run, SOON), machine: first! })).toBe(true);
  });

  test("asks when those that are not heard are gone", () => {
    const run = choosing();
    expect(asks(run, { kind: "resumed", at: later(run, SOON) })).toBe(false);
    const gone = machinesOf(run).map((machine) =>
      asks(run, { kind: "machine-gone", at: later(run, SOON), machine, cause: "killed" }),
    );
    expect(gone.lastIndexOf(true)).toBe(gone.length - 1);
    expect(gone.indexOf(true)).toBe(gone.length - 1);
  });

  test("asks at once when no machine was there", () => {
    const run = choosing();
    for (const machine of machinesOf(run))
      step(run, { kind: "machine-gone", at: later(run, SOON), machine, cause: "killed" });
    expect(asks(run, { kind: "resumed", at: later(run, SOON) })).toBe(true);
  });
});
