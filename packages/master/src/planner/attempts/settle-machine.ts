/** A machine is gone for certain: its attempts are lost and given back, its bill is made and explained. */
import {
  add,
  after,
  between,
  earlier,
  later,
  NO_MONEY,
  NO_TIME,
  subtract,
  type Instant,
  type MicroUsd,
} from "@stint/shared/units.js";
import { accountOf, closeAccount } from "../money/ledger.js";
import { billedTime, periodsOf, slotShare, worth } from "../money/tariff.js";
import type { ClosedMachine } from "../machines/closed.js";
import { forget } from "../machines/apply-machines.js";
import { clusterMachines, clusterOf, type Machine } from "../machines/machines.js";
import { countEnded, endAttempt, settleTask } from "./apply-attempts.js";
import type { ActiveAttempt, AttemptsRun } from "./attempts.js";
import { bookLost } from "./book-attempt.js";
import { suspect } from "./suspects.js";

export interface SettledRun extends AttemptsRun {
  /** Machines that the last record closed; emptied before each frame. */
  closedMachines: ClosedMachine[];
}

/** @param at when it is known to be gone; it is billed no longer than it was paid for */
export function settleMachine(run: SettledRun, machine: Machine, at: Instant): void {
  const running = attemptsOn(run, machine);
  suspect(run, machine, running);
  for (const active of running) {
    endAttempt(run, active);
    // What was cancelled, or given up with its machine on purpose, is no loss: the task is not to blame.
    const outcome = active.cancelled || machine.state === "releasing" ? "cancelled" : "lost";
    settleTask(run, active, outcome);
    countEnded(run.attempts, active, outcome);
    run.closedAttempts.push({ ...bookLost(run, active, at), outcome });
  }
  run.attempts.hungry.delete(machine.id);
  if (machine.readyAt === undefined && machine.state !== "releasing")
    clusterMachines(run, machine.cluster).failedLaunches += 1;
  run.closedMachines.push(billOf(run, machine, at));
  forget(run, machine);
}

function attemptsOn(run: AttemptsRun, machine: Machine): readonly ActiveAttempt[] {
  if (machine.active === 0) return [];
  return [...run.attempts.active.values()].filter((active) => active.machine === machine.id);
}

function billOf(run: AttemptsRun, machine: Machine, at: Instant): ClosedMachine {
  const { slots } = clusterOf(run, machine.cluster);
  const { tariff, billedFrom, paidUntil } = accountOf(run.money, machine.id);
  const end = later(billedFrom, earlier(at, paidUntil));
  const bill = closeAccount(run.money, machine.id, at);
  const helloAt = machine.readyAt === undefined ? end : later(billedFrom, earlier(machine.readyAt, end));
  const had = between(billedFrom, end);
  const booted = between(billedFrom, helloAt);
  const boot = slotShare(worth(tariff, NO_TIME, booted), 1);
  const left = BigInt(machine.slots) * worth(tariff, booted, had) - machine.bookedWorth;
  const idle = machine.readyAt === undefined || left < 0n ? NO_MONEY : slotShare(left, slots);
  return {
    machine: machine.id,
    cluster: machine.cluster,
    rentedAt: machine.rentedAt,
    ...(machine.readyAt !== undefined && { readyAt: machine.readyAt }),
    releasedAt: at,
    billedFrom,
    billedTo: after(billedFrom, billedTime(tariff, had)),
    cost: bill,
    periods: periodsOf(tariff, billedFrom, had),
    waste: { boot, idle, rounding: roundingOf(bill, boot, idle, machine) },
  };
}

/** What is left of a bill when everything that can be named is taken off: begun units and fractions. */
function roundingOf(bill: MicroUsd, boot: MicroUsd, idle: MicroUsd, machine: Machine): MicroUsd {
  return subtract(bill, add(add(boot, idle), machine.bookedCost));
}
