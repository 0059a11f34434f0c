/**
 * Which task takes down the machine it runs on? Whoever runs on a machine that goes away by itself is under suspicion;
 * who has been so twice is a suspect, and runs with no other suspect beside it. So the third machine that goes tells
 * which of them it was, and that one is put in quarantine: it is not started again. Where machines go away under
 * whatever runs on them, it takes more than three.
 */
import type { MachineId, TaskIndex } from "@stint/shared/ids.js";
import { before, between } from "@stint/shared/units.js";
import type { Machine } from "../machines/machines.js";
import { accountOf } from "../money/ledger.js";
import { poissonAtLeast } from "../stats/poisson.js";
import type { ActiveAttempt, Attempts, AttemptsRun } from "./attempts.js";
import { QUARANTINE } from "../vocabulary/settings.js";

const NOBODY: readonly ActiveAttempt[] = [];

/** It runs with no other suspect on its machine. */
export const isSuspect = (attempts: Attempts, task: TaskIndex): boolean =>
  suspicionsOf(attempts, task) >= QUARANTINE.machinesLeast - 1;

/** It took down more machines than chance explains. */
export const isGuilty = (attempts: Attempts, task: TaskIndex): boolean => attempts.guilty[task] === 1;

/** A machine that it ran on went away by itself. */
export const isUnderSuspicion = (attempts: Attempts, task: TaskIndex): boolean =>
  suspicionsOf(attempts, task) > 0;

const suspicionsOf = (attempts: Attempts, task: TaskIndex): number => attempts.suspicions[task] ?? 0;

/** To be called when an attempt of it begins there. */
export function noteSuspect(attempts: Attempts, task: TaskIndex, machine: MachineId): void {
  if (isSuspect(attempts, task)) attempts.suspectOn.set(machine, task);
}

/** To be called when an attempt of it is over. */
export function forgetSuspect(attempts: Attempts, task: TaskIndex, machine: MachineId): void {
  if (attempts.suspectOn.get(machine) === task) attempts.suspectOn.delete(machine);
}

/** Takes note of whom a machine that is gone throws suspicion on. @param on what ran there */
export function suspect(run: AttemptsRun, machine: Machine, on: readonly ActiveAttempt[]): void {
  const { attempts } = run;
  const { gone, heldWhenGone } = attempts;
  const byItself = wentByItself(run, machine);
  if (byItself && machine.readyAt !== undefined) gone.byThemselves += 1;
  for (const { task, orderedAt } of byItself ? suspectsOf(attempts, machine, on) : NOBODY) {
    attempts.suspicions[task] = suspicionsOf(attempts, task) + 1;
    heldWhenGone.set(task, (heldWhenGone.get(task) ?? 0) + between(orderedAt, run.at));
    if (isBeyondChance(run, task)) attempts.guilty[task] = 1;
  }
  gone.time += between(machine.rentedAt, run.at);
}

/** Takes every suspicion off it. */
export function acquit(attempts: Attempts, task: TaskIndex): void {
  attempts.gone.byThemselves -= suspicionsOf(attempts, task);
  attempts.heldWhenGone.delete(task);
  attempts.suspicions[task] = 0;
  attempts.guilty[task] = 0;
}

/**
 * In the time that machines held it, how many of so many tasks would be lost so often, if machines went away under them
 * as often as they do without it? A task that runs for long is lost often where machines come and go. O(machines).
 */
function isBeyondChance({ attempts, machines, at }: AttemptsRun, task: TaskIndex): boolean {
  const own = suspicionsOf(attempts, task);
  if (own < QUARANTINE.machinesLeast || own >= QUARANTINE.machinesMost) return own >= QUARANTINE.machinesMost;
  const held = attempts.heldWhenGone.get(task) ?? 0;
  let time = attempts.gone.time;
  for (const { rentedAt } of machines.live.values()) time += between(rentedAt, at);
  const rate = Math.max(0, attempts.gone.byThemselves - own) / Math.max(1, time - held);
  return attempts.state.length * poissonAtLeast(own, rate * held) <= QUARANTINE.chanceMost;
}

function suspectsOf(
  { suspectOn }: Attempts,
  machine: Machine,
  on: readonly ActiveAttempt[],
): readonly ActiveAttempt[] {
  const suspected = suspectOn.get(machine.id);
  const wanted = on.filter((active) => !active.cancelled);
  return suspected === undefined ? wanted : wanted.filter(({ task }) => task === suspected);
}

/**
 * Neither given back nor at the end of what was paid for it. One that no longer was there when a master took the run up
 * again may have gone with the whole computer.
 */
function wentByItself(run: AttemptsRun, machine: Machine): boolean {
  if (machine.state === "releasing" || machine.lapsing || machine.unheard) return false;
  const { paidUntil, tariff } = accountOf(run.money, machine.id);
  return run.at < before(paidUntil, tariff.grace);
}
