/** What each record changes about tasks and attempts. First result wins; the rest is counted. */
import { attemptKey, type MachineId, type TaskIndex } from "@stint/shared/ids.js";
import { invariant } from "@stint/shared/invariant.js";
import { succeeded, type AttemptResult } from "@stint/shared/observation.js";
import { machineOf } from "../machines/machines.js";
import {
  activeOf,
  addActive,
  findActive,
  hasEnded,
  isReady,
  moveTask,
  nextAttempt,
  removeActive,
  stateOf,
  TASK_STATE,
  type ActiveAttempt,
  type Attempts,
  type AttemptsRun,
} from "./attempts.js";
import { bookAttempt } from "./book-attempt.js";
import { delay, endDelay, endDelays } from "./delays.js";
import { returnFirst, returnLast, settleQueue } from "./queue.js";
import { forgetSuspect, isGuilty, noteSuspect } from "./suspects.js";
import type { AttemptDecision, AttemptEvent, AttemptOutcome, StartAttempts, StartOrder } from "./records.js";

/** Tasks that have waited long enough since they failed may be tried again. */
export const endWaits = (run: AttemptsRun): void =>
  endDelays(run.attempts.delays, run.at, (task) => returnLast(run.attempts.queue, task));

export function applyAttemptEvent(run: AttemptsRun, event: AttemptEvent): void {
  const machine = run.machines.live.get(event.machine);
  if (machine !== undefined) {
    machine.credit += event.credit;
    if (machine.credit > 0) run.attempts.hungry.add(machine.id);
  }
  if (event.kind === "tasks-wanted") return;
  for (const result of event.results) applyResult(run, event.machine, result);
}

function applyResult(run: AttemptsRun, from: MachineId, result: AttemptResult): void {
  const { attempts } = run;
  const active = findActive(attempts, result);
  if (active?.machine !== from) {
    // Reported again, or after its task had been given back: counted, and otherwise nothing.
    attempts.ended.late += 1;
    return;
  }
  const before = stateOf(attempts, active.task);
  endAttempt(run, active);
  const outcome = outcomeOf(result, before === TASK_STATE.done);
  settleTask(run, active, outcome);
  countEnded(attempts, active, outcome);
  run.closedAttempts.push(bookAttempt(run, active, result, outcome));
}

function outcomeOf(result: AttemptResult, alreadyDone: boolean): AttemptOutcome {
  if (succeeded(result.ending)) return alreadyDone ? "spare" : "done";
  switch (result.ending.kind) {
    case "timed-out":
      return "timeout";
    case "cancelled":
      return "cancelled";
    case "exited":
    case "signalled":
    case "not-started":
    case "no-output":
      return "failed";
  }
}

/** Takes an attempt off its machine and its task. */
export function endAttempt(run: AttemptsRun, active: ActiveAttempt): void {
  removeActive(run.attempts, active);
  forgetSuspect(run.attempts, active.task, active.machine);
  const machine = machineOf(run, active.machine);
  machine.active -= 1;
  invariant(machine.active >= 0, "a machine has no fewer attempts than none", { machine: machine.id });
  if (machine.active === 0) machine.idleSince = run.at;
}

/** What the end of one attempt means for its task; another attempt of it may still be running. */
export function settleTask(run: AttemptsRun, ended: ActiveAttempt, outcome: AttemptOutcome): void {
  const { attempts } = run;
  const { task } = ended;
  const state = stateOf(attempts, task);
  const failed = outcome === "failed" || outcome === "timeout";
  if (failed) attempts.failures[task] = (attempts.failures[task] ?? 0) + 1;
  if (hasEnded(state)) return;
  if (outcome === "done") {
    moveTask(attempts, task, TASK_STATE.done);
    return;
  }
  if (activeOf(attempts, task).length > 0) return;
  const failures = attempts.failures[task] ?? 0;
  if (failures > run.shape.retriesOf(task)) {
    moveTask(attempts, task, TASK_STATE.failed);
  } else if (isGuilty(attempts, task)) {
    moveTask(attempts, task, TASK_STATE.quarantined);
  } else if (failed) {
    moveTask(attempts, task, TASK_STATE.waiting);
    attempts.failedOn.set(task, ended.machine);
    delay(attempts.delays, task, { failures, at: run.at, paid: costsMoney(run) });
  } else {
    moveTask(attempts, task, TASK_STATE.waiting);
    returnFirst(attempts.queue, task);
  }
}

const costsMoney = (run: AttemptsRun): boolean =>
  run.settings.clusters.some(({ tariff }) => tariff.price > 0);

export function countEnded(attempts: Attempts, active: ActiveAttempt, outcome: AttemptOutcome): void {
  const { ended, first } = attempts;
  ended.total += 1;
  if (outcome === "failed" || outcome === "timeout") ended.failed += 1;
  if (outcome === "lost") ended.lost += 1;
  if (outcome === "cancelled") ended.cancelled += 1;
  if (active.kind === "replica") ended.replicas += 1;
  if (outcome === "lost" || outcome === "cancelled") return;
  first.ended += 1;
  if (outcome !== "failed" && outcome !== "timeout") return;
  first.failed += 1;
  if (attempts.failures[active.task] === 1) first.tasksFailed += 1;
}

export function applyAttemptDecision(run: AttemptsRun, decision: AttemptDecision): void {
  if (decision.kind === "start-attempts") {
    startAll(run, decision);
    return;
  }
  for (const ref of decision.attempts) {
    const active = findActive(run.attempts, ref);
    if (active !== undefined) active.cancelled = true;
  }
}

function startAll(run: AttemptsRun, decision: StartAttempts): void {
  const { attempts } = run;
  const machine = machineOf(run, decision.machine);
  for (const start of decision.starts) startOne(run, decision.machine, start);
  machine.credit -= decision.starts.length;
  machine.active += decision.starts.length;
  machine.idleSince = undefined;
  invariant(machine.credit >= 0, "an agent is given no more than it asked for", { machine: machine.id });
  if (machine.credit === 0) attempts.hungry.delete(machine.id);
  settleQueue(attempts.queue, (task) => isReady(attempts, task));
}

function startOne(run: AttemptsRun, machine: MachineId, start: StartOrder): void {
  const { attempts } = run;
  const expected = nextAttempt(attempts, start.task);
  invariant(start.attempt === expected.attempt, "attempts are numbered in order", { start, expected });
  if (stateOf(attempts, start.task) === TASK_STATE.waiting)
    moveTask(attempts, start.task, TASK_STATE.running);
  else invariant(mayRunTwice(run, start), "only what may be copied runs twice", { start });
  attempts.ordered[start.task] = start.attempt;
  attempts.failedOn.delete(start.task);
  endDelay(attempts.delays, start.task);
  noteSuspect(attempts, start.task, machine);
  addActive(attempts, { ...start, key: attemptKey(start), machine, orderedAt: run.at, cancelled: false });
}

const mayRunTwice = (run: AttemptsRun, start: StartOrder): boolean =>
  (start.kind === "pair" || start.kind === "replica") && run.shape.mayBeCopied(start.task);

/** Attempts of an ended task that are still running: their results are no longer wanted. */
export const rivals = (attempts: Attempts, task: TaskIndex): readonly ActiveAttempt[] =>
  activeOf(attempts, task).filter((active) => !active.cancelled);
