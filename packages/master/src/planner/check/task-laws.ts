/**
 * Does every task end once, is it started only while it may be, and only on a machine that can work? Results are
 * held against what was started.
 */
import { attemptKey, type MachineId, type TaskIndex } from "@stint/shared/ids.js";
import { succeeded, type AttemptResult } from "@stint/shared/observation.js";
import type { AttemptsEnded, CancelAttempts, StartAttempts, StartOrder } from "../attempts/records.js";
import { QUARANTINE } from "../vocabulary/settings.js";
import { breaks, type SeenAttempt, type SeenMachine, type Witness } from "./witness.js";

/** Attempts of one task that may run at the same time, pairs of the sample excepted. */
const AT_ONCE = 2;

export function seeStarts(seen: Witness, decision: StartAttempts): void {
  const { machine: id, starts } = decision;
  if (seen.stopping)
    breaks(seen, "nothing-new-while-stopping", `tasks are started on ${id} although the run winds up`);
  if (seen.paused)
    breaks(seen, "nothing-new-while-paused", `tasks are started on ${id} although the run is paused`);
  const machine = seen.machines.get(id);
  const unfit = whyUnfit(seen, machine);
  if (unfit !== undefined)
    breaks(seen, "starts-only-on-live-machines", `tasks are started on ${id}, which ${unfit}`);
  for (const start of starts) seeStart(seen, id, start);
}

function whyUnfit(seen: Witness, machine: SeenMachine | undefined): string | undefined {
  if (machine === undefined) return "does not exist";
  if (machine.released) return "was given back";
  if (!machine.ready) return "is not ready";
  if (machine.silent) return "is silent";
  return seen.at >= machine.paidUntil ? `was paid only until ${machine.paidUntil}` : undefined;
}

function seeStart(seen: Witness, id: MachineId, start: StartOrder): void {
  const { task, attempt } = start;
  const name = `task ${task}`;
  if (!(task >= 0 && task < seen.bagSize)) {
    breaks(seen, "starts-only-waiting-tasks", `${name} is not in the bag`);
    return;
  }
  checkNumber(seen, start);
  checkAllowance(seen, start);
  checkSuspicion(seen, id, task);
  const running = seen.running[task] ?? 0;
  if (start.kind === "pair") {
    if (!seen.sampling) breaks(seen, "starts-only-waiting-tasks", `${name} is paired after sampling`);
  } else if (seen.done[task] === 1) {
    breaks(seen, "starts-only-waiting-tasks", `${name} is started again although it is done`);
  } else if (running > 0 && start.kind !== "replica") {
    breaks(seen, "starts-only-waiting-tasks", `${name} is started as ${start.kind} although it is running`);
  }
  if (running > 0 && seen.rules.mayBeCopied?.(task) === false)
    breaks(seen, "starts-only-waiting-tasks", `${name} runs twice although it may not be copied`);
  if (running >= AT_ONCE && start.kind !== "pair")
    breaks(seen, "attempts-at-once", `${name} would have ${running + 1} attempts at once`);
  seen.started[task] = attempt;
  seen.running[task] = running + 1;
  const key = attemptKey(start);
  seen.attempts.set(key, {
    task,
    machine: id,
    begunAt: seen.at,
    suspect: isSuspect(seen, task),
    cancelled: false,
  });
  seen.machines.get(id)?.attempts.add(key);
}

function checkNumber(seen: Witness, { task, attempt }: StartOrder): void {
  const expected = (seen.started[task] ?? 0) + 1;
  if (attempt !== expected)
    breaks(
      seen,
      "attempts-in-order",
      `task ${task} is started as attempt ${attempt}, the next is ${expected}`,
    );
}

function checkAllowance(seen: Witness, { task }: StartOrder): void {
  const failures = seen.failures[task] ?? 0;
  const retries = seen.rules.retriesOf?.(task);
  if (retries !== undefined && failures > retries)
    breaks(
      seen,
      "retries-within-allowance",
      `task ${task} failed ${failures} times, its retries are ${retries}`,
    );
}

/** Who may have taken two machines down runs with no other such task on its machine, and never again once it is plain. */
function checkSuspicion(seen: Witness, id: MachineId, task: TaskIndex): void {
  if (seen.guilty[task] === 1)
    breaks(
      seen,
      "quarantine-holds",
      `task ${task} is started although it took ${seen.losses[task]} machines down`,
    );
  const others = [...(seen.machines.get(id)?.attempts ?? [])].filter(
    (key) => seen.attempts.get(key)?.suspect,
  );
  if (isSuspect(seen, task) && others.length > 0)
    breaks(seen, "suspects-apart", `task ${task} is started on ${id} beside ${others.join(", ")}`);
}

const isSuspect = (seen: Witness, task: TaskIndex): boolean =>
  (seen.losses[task] ?? 0) + 1 >= QUARANTINE.machinesLeast;

export function seeCancels(seen: Witness, { attempts }: CancelAttempts): void {
  for (const ref of attempts) {
    const started = seen.attempts.get(attemptKey(ref));
    if (started !== undefined) started.cancelled = true;
  }
}

export function seeResults(seen: Witness, { machine, results }: AttemptsEnded): void {
  for (const result of results) seeResult(seen, machine, result);
}

/** A result may come twice, or after its machine was given up; then it changes nothing. */
function seeResult(seen: Witness, from: MachineId, result: AttemptResult): void {
  const { task, attempt } = result;
  const key = attemptKey(result);
  const started = seen.attempts.get(key);
  if (seen.lostRecords && started?.machine !== from) return;
  if (started === undefined) {
    if (!(attempt >= 1 && attempt <= (seen.started[task] ?? 0)))
      breaks(
        seen,
        "results-of-started-attempts",
        `${from} reports ${key}, which was never started; or the record of it is gone`,
      );
    return;
  }
  if (started.machine !== from) {
    breaks(
      seen,
      "results-of-started-attempts",
      `${from} reports ${key}, which was started on ${started.machine}`,
    );
    return;
  }
  seen.machines.get(from)?.attempts.delete(key);
  close(seen, key, task);
  if (succeeded(result.ending)) {
    if (seen.done[task] !== 1) seen.count.done += 1;
    seen.done[task] = 1;
  } else if (result.ending.kind !== "cancelled") {
    seen.failures[task] = (seen.failures[task] ?? 0) + 1;
    seen.count.failedAttempts += 1;
  }
}

/** What runs on a machine that is gone runs no more. */
export function loseAttempts(seen: Witness, machine: SeenMachine): void {
  const lost = [...machine.attempts].flatMap((key) => seen.attempts.get(key) ?? []);
  const unexpected = wentUnexpectedly(seen, machine);
  if (unexpected && machine.ready) seen.gone.byThemselves += 1;
  for (const { task, begunAt } of unexpected ? suspects(lost) : []) {
    seen.losses[task] = (seen.losses[task] ?? 0) + 1;
    seen.lostTime.set(task, (seen.lostTime.get(task) ?? 0) + (seen.at - begunAt));
    if (isPlain(seen, task)) seen.guilty[task] = 1;
  }
  seen.gone.time += seen.at - machine.rentedAt;
  for (const key of machine.attempts) {
    const started = seen.attempts.get(key);
    if (started !== undefined) close(seen, key, started.task);
  }
  machine.attempts.clear();
}

/** So many losses are no chance: expected of all tasks together, at the rate at which other machines go, hardly once. */
function isPlain(seen: Witness, task: TaskIndex): boolean {
  const losses = seen.losses[task] ?? 0;
  if (losses < QUARANTINE.machinesLeast) return false;
  if (losses >= QUARANTINE.machinesMost) return true;
  const lostTime = seen.lostTime.get(task) ?? 0;
  const all = [...seen.machines.values()].reduce(
    (sum, each) => sum + (seen.at - each.rentedAt),
    seen.gone.time,
  );
  const rate = Math.max(0, seen.gone.byThemselves - losses) / Math.max(1, all - lostTime);
  return seen.bagSize * (1 - fewer(losses, rate * lostTime)) <= QUARANTINE.chanceMost;
}

/** P(X < count) of a Poisson distribution with that mean. */
function fewer(count: number, mean: number): number {
  let [sum, term] = [0, Math.exp(-mean)];
  for (let k = 0; k < count; k += 1) {
    sum += term;
    term *= mean / (k + 1);
  }
  return sum;
}

/** Its end was not to be expected. */
function wentUnexpectedly(seen: Witness, machine: SeenMachine): boolean {
  const { grace } = seen.settings.clusters[machine.cluster]?.tariff ?? { grace: 0 };
  if (machine.released || machine.lapsing || machine.unheard) return false;
  return seen.at < machine.paidUntil - grace;
}

/** The suspect alone if there was one; else all whose results were wanted. */
function suspects(lost: readonly SeenAttempt[]): readonly SeenAttempt[] {
  const marked = lost.filter(({ suspect }) => suspect);
  return (marked.length > 0 ? marked : lost).filter(({ cancelled }) => !cancelled);
}

function close(seen: Witness, key: ReturnType<typeof attemptKey>, task: TaskIndex): void {
  seen.attempts.delete(key);
  seen.running[task] = (seen.running[task] ?? 0) - 1;
}

/** Who asked for a retry allows every task that failed for good, and runs no more, all its attempts anew. */
export function forgiveFailed(seen: Witness): void {
  const { retriesOf } = seen.rules;
  if (retriesOf === undefined) return;
  for (let number = 0; number < seen.bagSize; number += 1) {
    const task = number as TaskIndex;
    const forGood = (seen.failures[task] ?? 0) > retriesOf(task) || seen.guilty[task] === 1;
    if (!forGood || seen.done[task] === 1 || (seen.running[task] ?? 0) > 0) continue;
    seen.failures[task] = 0;
    seen.gone.byThemselves -= seen.losses[task] ?? 0;
    seen.lostTime.delete(task);
    seen.losses[task] = 0;
    seen.guilty[task] = 0;
  }
}
