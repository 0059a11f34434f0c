/** Self-scheduling: whoever is idle takes the next waiting task, in the run's random order. */
import type { TaskIndex } from "@stint/shared/ids.js";
import { after } from "@stint/shared/units.js";
import { nextAttempt } from "../attempts/attempts.js";
import { handOut } from "../attempts/hand-out.js";
import type { StartAttempts, StartOrder } from "../attempts/records.js";
import { expectedFull } from "../estimate/expect.js";
import { machineOf, takesTasks, type Machine } from "../machines/machines.js";
import type { OfferRun } from "../offer/offer-state.js";
import { mustEndBy } from "./wanted.js";

/** Starts for every machine that asked and may have one; O(starts + machines that asked). */
export function assign(run: OfferRun): StartAttempts[] {
  const { attempts } = run;
  if (attempts.count.waiting === attempts.delays.of.size) return [];
  const tasks = handOut(attempts);
  const asking = [...attempts.hungry]
    .map((id) => machineOf(run, id))
    .filter((machine) => takesTasks(machine) && wouldEndInTime(run, machine))
    .map((machine) => ({ machine, starts: [] as StartOrder[] }));
  for (const { machine, starts } of asking) take(run, starts, machine.credit, () => tasks.take(machine.id));
  for (const { machine, starts } of asking)
    take(run, starts, machine.credit, () => tasks.takeAside(machine.id));
  return asking
    .filter(({ starts }) => starts.length > 0)
    .map(({ machine: { id }, starts }) => ({
      kind: "start-attempts",
      machine: id,
      starts,
      because: { kind: "self-scheduled" },
    }));
}

function wouldEndInTime(run: OfferRun, machine: Machine): boolean {
  const limit = mustEndBy(run, machine);
  if (limit === undefined) return true;
  const expected = expectedFull(run.estimate, machine.cluster);
  return expected !== undefined && after(run.at, expected) <= limit;
}

function take(run: OfferRun, starts: StartOrder[], credit: number, next: () => TaskIndex | undefined): void {
  while (starts.length < credit) {
    const task = next();
    if (task === undefined) return;
    starts.push({ ...nextAttempt(run.attempts, task), kind: kindOf(run, task) });
  }
}

const kindOf = (run: OfferRun, task: TaskIndex): "run" | "retry" =>
  (run.attempts.failures[task] ?? 0) > 0 ? "retry" : "run";
