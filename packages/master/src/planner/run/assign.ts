/** Self-scheduling: whoever is idle takes the next waiting task, in the run's random order. */
import type { TaskIndex } from "@stint/shared/ids.js";
import { after } from "@stint/shared/units.js";
import { nextAttempt, stateOf, TASK_STATE } from "../attempts/attempts.js";
import { cursor, type QueueCursor } from "../attempts/queue.js";
import type { StartAttempts, StartOrder } from "../attempts/records.js";
import { expectedFull } from "../estimate/expect.js";
import { machineOf, takesTasks, type Machine } from "../machines/machines.js";
import type { OfferRun } from "../offer/offer-state.js";
import { mustEndBy } from "./wanted.js";

/** Starts for every machine that asked and may have one; O(starts + machines that asked). */
export function assign(run: OfferRun): StartAttempts[] {
  if (run.attempts.count.waiting === 0) return [];
  const queue = cursor(run.attempts.queue, (task) => stateOf(run.attempts, task) === TASK_STATE.waiting);
  const orders: StartAttempts[] = [];
  for (const id of run.attempts.hungry) {
    const machine = machineOf(run, id);
    if (!takesTasks(machine) || !wouldEndInTime(run, machine)) continue;
    const starts = take(run, queue, machine.credit);
    if (starts.length === 0) break;
    orders.push({ kind: "start-attempts", machine: id, starts, because: { kind: "self-scheduled" } });
  }
  return orders;
}

function wouldEndInTime(run: OfferRun, machine: Machine): boolean {
  const limit = mustEndBy(run, machine);
  if (limit === undefined) return true;
  const expected = expectedFull(run.estimate, machine.cluster);
  return expected !== undefined && after(run.at, expected) <= limit;
}

function take(run: OfferRun, queue: QueueCursor, credit: number): StartOrder[] {
  const starts: StartOrder[] = [];
  while (starts.length < credit) {
    const task = queue.take();
    if (task === undefined) break;
    starts.push({ ...nextAttempt(run.attempts, task), kind: kindOf(run, task) });
  }
  return starts;
}

const kindOf = (run: OfferRun, task: TaskIndex): "run" | "retry" =>
  (run.attempts.failures[task] ?? 0) > 0 ? "retry" : "run";
