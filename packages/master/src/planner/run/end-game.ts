/**
 * When few tasks are left, a slot takes the next one only if it is expected to end it no later than the others would
 * end all that is left without it: a slow machine that takes one of the last tasks holds the whole bag up.
 */
import { addTime, after, before, between, timesLonger, type Instant } from "@stint/shared/units.js";
import type { MachineId } from "@stint/shared/ids.js";
import { expectedFull, expectedRemaining } from "../estimate/expect.js";
import { bootOf, clusterOf, type Machine } from "../machines/machines.js";
import { SURE } from "../offer/four.js";
import { accountOf } from "../money/ledger.js";
import { owedUntil } from "../money/tariff.js";
import type { OfferRun } from "../offer/offer-state.js";
import type { ClusterIndex } from "../vocabulary/configuration.js";

/** Is one of the waiting tasks well placed on this machine? O(1) until few are left, O(slots) then. */
export function takesMore(run: OfferRun, machine: Machine): boolean {
  if (run.attempts.count.waiting === 0) return false;
  const full = expectedFull(run.estimate, machine.cluster);
  if (full !== undefined && after(run.at, full) <= owedEndOf(run, machine)) return true;
  return isOfUse(run, machine.cluster, run.at, machine);
}

/** Its time is owed until then, whatever it does. */
function owedEndOf(run: OfferRun, { id }: Machine): Instant {
  const { billedFrom, tariff } = accountOf(run.money, id);
  return before(owedUntil(tariff, billedFrom, run.at), tariff.grace);
}

/** Would a machine that is rented now still end a task of the bag sooner than those that are there? */
export const isWorthRenting = (run: OfferRun, cluster: ClusterIndex): boolean =>
  run.attempts.count.waiting > 0 && isOfUse(run, cluster, after(run.at, bootOf(run, cluster)));

/** @param asking the machine whose slot it is, where there is one already */
function isOfUse(run: OfferRun, cluster: ClusterIndex, from: Instant, asking?: Machine): boolean {
  const { waiting } = run.attempts.count;
  const full = expectedFull(run.estimate, cluster);
  if (full === undefined) return true;
  const end = after(from, full);
  if (waiting >= endedBy(run, end) || moneyIsTight(run)) return true;
  return !endSooner(slotsOfOthers(run, asking), waiting, end);
}

/** Where the plan is not sure to end within the budget, a task that is done cheaply is worth more than time. */
export const moneyIsTight = ({ money, offer }: OfferRun): boolean =>
  money.short || (offer.inForce !== undefined && offer.inForce.pWithinBudget < SURE);

/** Tasks that all machines would end by then at most: so many waiting ones, and nobody needs to look closer. */
function endedBy(run: OfferRun, end: Instant): number {
  let most = 0;
  run.machines.clusters.forEach(({ live }, cluster) => {
    const full = expectedFull(run.estimate, cluster);
    if (full === undefined || live === 0) return;
    most += (live * clusterOf(run, cluster).slots * between(run.at, end)) / Math.max(1, full);
  });
  return most;
}

/** A slot that may take tasks: when it is expected to be free, and how long a task takes there. */
interface Slot {
  readonly free: Instant;
  readonly full: number;
}

/** Slots other than one of this machine's, each when it is expected to fall idle. */
function slotsOfOthers(run: OfferRun, asking: Machine | undefined): Slot[] {
  const begun = new Map<MachineId, Instant[]>();
  for (const { machine, orderedAt } of run.attempts.active.values())
    begun.set(machine, [...(begun.get(machine) ?? []), orderedAt]);
  return [...run.machines.live.values()].flatMap((machine) => {
    if (machine.state === "releasing" || machine.leaving || machine.lapsing) return [];
    if (machine.silentSince !== undefined) return [];
    const slots = slotsOf(run, machine, begun.get(machine.id) ?? []);
    return machine === asking ? slots.slice(1) : slots;
  });
}

/** Idle ones first. What an agent holds beyond its slots has yet to run in them, one after the other. */
function slotsOf(run: OfferRun, machine: Machine, begun: readonly Instant[]): Slot[] {
  const full = expectedFull(run.estimate, machine.cluster);
  if (full === undefined) return [];
  const first = machine.readyAt === undefined ? readyBy(run, machine) : run.at;
  const queued = Math.max(0, begun.length - machine.slots) / machine.slots;
  const running = begun.slice(0, machine.slots).map((since): Slot => {
    const rest = expectedRemaining(run.estimate, machine.cluster, between(since, run.at)) ?? full;
    return { free: after(run.at, addTime(rest, timesLonger(full, queued))), full };
  });
  const idle = Array.from({ length: machine.slots - running.length }, (): Slot => ({ free: first, full }));
  return [...idle, ...running];
}

/** A machine that should be there by now may take as long again. */
function readyBy(run: OfferRun, { cluster, rentedAt }: Machine): Instant {
  const expected = after(rentedAt, bootOf(run, cluster));
  return expected > run.at ? expected : after(run.at, between(rentedAt, run.at));
}

/** Do they end all that is left before that instant: what they run, and each waiting task where it ends soonest? */
function endSooner(others: readonly Slot[], waiting: number, than: Instant): boolean {
  let fit = 0;
  for (const { free, full } of others) {
    if (free >= than) return false;
    fit += Math.ceil((than - free) / Math.max(1, full)) - 1;
  }
  return fit >= waiting;
}
