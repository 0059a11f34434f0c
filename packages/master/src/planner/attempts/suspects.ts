/**
 * Which task takes down the machine it runs on? Whoever runs on a machine that goes away by itself is under suspicion;
 * who has been so twice is a suspect, and runs with no other suspect beside it. So the third machine that goes tells
 * which of them it was, and that one is put in quarantine: it is not started again. Where machines go away under
 * whatever runs on them, it takes more than three.
 */
import type { MachineId, TaskIndex } from "@stint/shared/ids.js";
import { before } from "@stint/shared/units.js";
import type { Machine } from "../machines/machines.js";
import { accountOf } from "../money/ledger.js";
import type { ActiveAttempt, Attempts, AttemptsRun } from "./attempts.js";
import { QUARANTINE } from "../vocabulary/settings.js";

const NOBODY: readonly TaskIndex[] = [];

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
  const suspected = suspectsOf(run, machine, on);
  for (const task of suspected) attempts.suspicions[task] = suspicionsOf(attempts, task) + 1;
  attempts.suspicionsInAll += suspected.length;
  for (const task of suspected) if (isBeyondChance(attempts, task)) attempts.guilty[task] = 1;
}

/** Takes every suspicion off it. */
export function acquit(attempts: Attempts, task: TaskIndex): void {
  attempts.suspicionsInAll -= suspicionsOf(attempts, task);
  attempts.suspicions[task] = 0;
  attempts.guilty[task] = 0;
}

/** How many of so many tasks would be lost so often, if all were lost as often as the others are: N·p^k. */
function isBeyondChance(attempts: Attempts, task: TaskIndex): boolean {
  const own = suspicionsOf(attempts, task);
  if (own < QUARANTINE.machinesLeast || own >= QUARANTINE.machinesMost) return own >= QUARANTINE.machinesMost;
  const others = Math.max(1, attempts.ended.total - own);
  const share = Math.min(1, (attempts.suspicionsInAll - own) / others);
  return attempts.state.length * share ** own <= QUARANTINE.chanceMost;
}

function suspectsOf(run: AttemptsRun, machine: Machine, on: readonly ActiveAttempt[]): readonly TaskIndex[] {
  if (!wentByItself(run, machine)) return NOBODY;
  const suspected = run.attempts.suspectOn.get(machine.id);
  const wanted = on.filter((active) => !active.cancelled).map(({ task }) => task);
  if (suspected === undefined) return wanted;
  return wanted.includes(suspected) ? [suspected] : NOBODY;
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
