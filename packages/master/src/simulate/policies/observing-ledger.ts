/**
 * What becomes of a run in which somebody else than the planner decides? The planner's own books of machines,
 * attempts and money are kept, so that the figures mean the same, but nothing is reserved: the ledger observes and
 * never refuses. The rooms that decide are left out.
 */
import { unreachable } from "@stint/shared/invariant.js";
import type { MachineId, TaskIndex } from "@stint/shared/ids.js";
import { after, hours, later } from "@stint/shared/units.js";
import { applyAttemptDecision, applyAttemptEvent } from "../../planner/attempts/apply-attempts.js";
import { nextAttempt, TASK_STATE, stateOf } from "../../planner/attempts/attempts.js";
import { endDelay } from "../../planner/attempts/delays.js";
import { cursor, returnLast } from "../../planner/attempts/queue.js";
import type { AttemptEvent, AttemptKind, StartOrder } from "../../planner/attempts/records.js";
import { settleMachine } from "../../planner/attempts/settle-machine.js";
import {
  applyMachineDecision,
  applyMachineEvent,
  nextMachineId,
  showPrice,
} from "../../planner/machines/apply-machines.js";
import type { MachineEvent, RentMachine } from "../../planner/machines/records.js";
import { accountOf, repriceFrom } from "../../planner/money/ledger.js";
import type { PriceChanged } from "../../planner/money/records.js";
import { owedUntil } from "../../planner/money/tariff.js";
import { noteReport } from "../../planner/report/report-state.js";
import type { Run } from "../../planner/run-state.js";
import type { ClusterIndex } from "../../planner/vocabulary/configuration.js";

/** All that an imagined fleet has to say. */
export type FleetEvent = MachineEvent | AttemptEvent;

const BY_POLICY = { kind: "by-policy" } as const;
/** No lease ends a machine here: whoever decides gives it back. */
const NO_LEASE = hours(100 * 365 * 24);

export function observe(run: Run, event: FleetEvent): void {
  run.at = later(run.at, event.at);
  run.closedAttempts = [];
  run.closedMachines = [];
  applyToItsRoom(run, event);
  // No policy here lets a task wait before it tries it again.
  for (const task of run.attempts.delays.of.keys()) {
    endDelay(run.attempts.delays, task);
    returnLast(run.attempts.queue, task);
  }
  noteReport(run);
}

function applyToItsRoom(run: Run, event: FleetEvent): void {
  switch (event.kind) {
    case "machine-gone": {
      const machine = run.machines.live.get(event.machine);
      if (machine !== undefined) settleMachine(run, machine, run.at);
      return;
    }
    case "machine-launched":
    case "machine-launch-failed":
    case "machine-ready":
    case "machine-silent":
    case "machine-back":
      return applyMachineEvent(run, event);
    case "tasks-wanted":
    case "attempts-ended":
      return applyAttemptEvent(run, event);
    default:
      return unreachable(event);
  }
}

export function noteRent(run: Run, cluster: ClusterIndex): RentMachine {
  const rent: RentMachine = {
    kind: "rent-machine",
    machine: nextMachineId(run, cluster),
    cluster,
    paidUntil: after(run.at, NO_LEASE),
    because: BY_POLICY,
  };
  run.report.firstRentAt ??= run.at;
  applyMachineDecision(run, rent);
  return rent;
}

export const noteRelease = (run: Run, machine: MachineId): void =>
  applyMachineDecision(run, { kind: "release-machine", machine, because: BY_POLICY });

export function noteStart(run: Run, machine: MachineId, task: TaskIndex, kind: AttemptKind): StartOrder {
  const start = { ...nextAttempt(run.attempts, task), kind };
  applyAttemptDecision(run, { kind: "start-attempts", machine, starts: [start], because: BY_POLICY });
  return start;
}

/** The first waiting task in the run's random order that is not left aside. */
export const nextWaiting = (run: Run, aside: ReadonlySet<TaskIndex> = new Set()): TaskIndex | undefined =>
  cursor(
    run.attempts.queue,
    (task) => stateOf(run.attempts, task) === TASK_STATE.waiting && !aside.has(task),
  ).take();

/** What a task is started as that nobody pairs or copies. */
export const startKind = (run: Run, task: TaskIndex): AttemptKind =>
  (run.attempts.failures[task] ?? 0) > 0 ? "retry" : "run";

/** Without leases a machine pays the price of each unit as it begins. */
export function notePrice(run: Run, event: PriceChanged): void {
  showPrice(run, event);
  for (const { id, cluster } of run.machines.live.values()) {
    if (cluster !== event.cluster) continue;
    const account = accountOf(run.money, id);
    const from = owedUntil(account.tariff, account.billedFrom, event.at);
    repriceFrom(run.money, account, { from, price: event.price });
  }
}
