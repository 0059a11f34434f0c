/** Self-scheduling: whoever is idle takes the next waiting task, in the run's random order. */
import type { TaskIndex } from "@stint/shared/ids.js";
import { between } from "@stint/shared/units.js";
import { nextAttempt } from "../attempts/attempts.js";
import { handOut } from "../attempts/hand-out.js";
import type { StartAttempts, StartOrder } from "../attempts/records.js";
import { expectedFull } from "../estimate/expect.js";
import { machineOf, takesTasks, type Machine } from "../machines/machines.js";
import type { OfferRun } from "../offer/offer-state.js";
import { whoTakesMore } from "./end-game.js";
import { mustEndBy } from "./wanted.js";

/** Starts for every machine that asked and may have one; O(starts + machines that asked). */
export function assign(run: OfferRun): StartAttempts[] {
  const { attempts } = run;
  if (attempts.count.waiting === attempts.delays.of.size) return [];
  const tasks = handOut(attempts);
  const takesMore = whoTakesMore(run);
  const asking = [...attempts.hungry]
    .map((id) => machineOf(run, id))
    .filter(takesTasks)
    .map((machine) => ({
      machine,
      most: takesMore(machine) ? startsAtMost(run, machine) : 0,
      starts: [] as StartOrder[],
    }));
  for (const { machine, most, starts } of asking) take(run, starts, most, () => tasks.take(machine.id));
  for (const { machine, most, starts } of asking) take(run, starts, most, () => tasks.takeAside(machine.id));
  return asking
    .filter(({ starts }) => starts.length > 0)
    .map(({ machine: { id }, starts }) => ({
      kind: "start-attempts",
      machine: id,
      starts,
      because: { kind: "self-scheduled" },
    }));
}

/** As many as were asked for; on a machine that goes, no more than are expected to end there behind those it has. */
function startsAtMost(run: OfferRun, machine: Machine): number {
  const { credit, cluster, slots, active } = machine;
  const limit = mustEndBy(run, machine);
  if (limit === undefined) return credit;
  const expected = expectedFull(run.estimate, cluster);
  if (expected === undefined) return 0;
  const inTurn = Math.floor(between(run.at, limit) / Math.max(1, expected));
  return Math.max(0, Math.min(credit, inTurn * slots - active));
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
