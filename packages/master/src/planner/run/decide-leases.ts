/**
 * Which machines' leases are looked at. After a task ended only its machine's, otherwise all of them, and all
 * when the earliest due instant has come; so the cost of a task does not grow with the fleet.
 */
import { earlier, type Instant } from "@stint/shared/units.js";
import type { Machine } from "../machines/machines.js";
import type { MachineDecision } from "../machines/records.js";
import type { OfferRun } from "../offer/offer-state.js";
import { decideLease, giveUp, leaseDue } from "./leases.js";

export interface LeasesRun extends OfferRun {
  /** The earliest instant at which some lease needs a look; earlier than true is harmless. */
  leasesDue: Instant | undefined;
}

/** Machines of which nothing more is to be expected: looked at before it is decided how many are missing. */
export function* giveUpMachines(run: LeasesRun, touched: Machine | undefined): Generator<MachineDecision> {
  for (const machine of lookAt(run, touched)) {
    const decision = giveUp(run, machine);
    if (decision !== undefined) yield decision;
  }
}

/**
 * Machine by machine, each looked at as the decision about the one before has left the run: two machines never
 * see the same free money.
 * @param touched the only machine that the event concerns, when the event is one of the frequent kinds
 */
export function* decideLeases(run: LeasesRun, touched: Machine | undefined): Generator<MachineDecision> {
  for (const machine of lookAt(run, touched)) {
    const decision = decideLease(run, machine);
    if (decision !== undefined) yield decision;
  }
}

/** Keeps `leasesDue` right after a frame; the same frame always moves it the same way. */
export function settleLeases(run: LeasesRun, touched: Machine | undefined): void {
  const machines = lookAt(run, touched);
  let due = touched === undefined || machines.length !== 1 ? undefined : run.leasesDue;
  for (const machine of machines) {
    const own = leaseDue(run, machine);
    if (own !== undefined) due = due === undefined ? own : earlier(due, own);
  }
  run.leasesDue = due;
}

function lookAt(run: LeasesRun, touched: Machine | undefined): readonly Machine[] {
  const isDue = run.leasesDue !== undefined && run.at >= run.leasesDue;
  const onlyOne = touched !== undefined && !isDue && run.attempts.count.waiting > 0;
  return onlyOne ? [touched] : [...run.machines.live.values()];
}
