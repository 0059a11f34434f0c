/**
 * What an attempt cost: its slot's time at its machine's price, rounded down, fixed when it ends. A machine's
 * attempts are never charged more slot time than it had between its hello and its end, whatever clocks say;
 * so they and the rest of the machine's bill always add up to the bill.
 */
import type { AttemptResult } from "@stint/shared/observation.js";
import {
  add,
  addTime,
  between,
  earlier,
  later,
  microseconds,
  NO_TIME,
  shorter,
  type Duration,
  type Instant,
  type MicroUsd,
} from "@stint/shared/units.js";
import { clusterOf, machineOf, type Machine } from "../machines/machines.js";
import { accountOf } from "../money/ledger.js";
import { slotShare, worth } from "../money/tariff.js";
import type { ActiveAttempt, AttemptsRun } from "./attempts.js";
import type { ClosedAttempt } from "./closed.js";
import type { AttemptOutcome } from "./records.js";

export function bookAttempt(
  run: AttemptsRun,
  active: ActiveAttempt,
  result: AttemptResult,
  outcome: AttemptOutcome,
): ClosedAttempt {
  const machine = machineOf(run, active.machine);
  const { ending } = result;
  return {
    task: active.task,
    attempt: active.attempt,
    kind: active.kind,
    outcome,
    cluster: machine.cluster,
    machine: machine.id,
    slot: result.slot,
    startedAt: result.startedAt,
    endedAt: result.endedAt,
    ...(ending.kind === "exited" && { exitCode: ending.code }),
    ...(ending.kind === "signalled" && { signal: ending.signal }),
    ...(ending.kind === "not-started" && { notStarted: ending.reason }),
    ...(ending.kind === "no-output" && { noOutput: ending.reason }),
    stdoutBytes: result.stdoutBytes,
    stderrBytes: result.stderrBytes,
    cost: bookSlotTime(run, machine, result.startedAt, result.endedAt),
  };
}

/** An attempt whose result will never come: it is charged for the time since it was ordered. */
export function bookLost(run: AttemptsRun, active: ActiveAttempt, goneAt: Instant): ClosedAttempt {
  const machine = machineOf(run, active.machine);
  return {
    task: active.task,
    attempt: active.attempt,
    kind: active.kind,
    outcome: "lost",
    cluster: machine.cluster,
    machine: machine.id,
    startedAt: active.orderedAt,
    endedAt: goneAt,
    stdoutBytes: 0,
    stderrBytes: 0,
    cost: bookSlotTime(run, machine, active.orderedAt, goneAt),
  };
}

function bookSlotTime(run: AttemptsRun, machine: Machine, from: Instant, to: Instant): MicroUsd {
  const { readyAt } = machine;
  if (readyAt === undefined) return 0 as MicroUsd;
  const { tariff, billedFrom, paidUntil } = accountOf(run.money, machine.id);
  const start = later(from, readyAt);
  const end = earlier(earlier(to, run.at), paidUntil);
  const wanted = end > start ? between(start, end) : NO_TIME;
  const span = shorter(wanted, slotTimeLeft(machine, readyAt, earlier(run.at, paidUntil)));
  machine.bookedSlotTime = addTime(machine.bookedSlotTime, span);
  const since = between(billedFrom, start);
  const exact = span === 0 ? 0n : worth(tariff, since, addTime(since, span));
  machine.bookedWorth += exact;
  const cost = slotShare(exact, clusterOf(run, machine.cluster).slots);
  machine.bookedCost = add(machine.bookedCost, cost);
  return cost;
}

/** Slot time between hello and `until` that no attempt has been charged for. */
export function slotTimeLeft(machine: Machine, readyAt: Instant, until: Instant): Duration {
  const had = until > readyAt ? machine.slots * between(readyAt, until) : 0;
  return microseconds(Math.max(0, had - machine.bookedSlotTime));
}
