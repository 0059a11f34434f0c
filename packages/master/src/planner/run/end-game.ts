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

/**
 * Is one of the waiting tasks well placed on a machine? To be asked for machine after machine of a run that stays as
 * it is: those of a cluster have one answer. O(clusters) until few tasks are left, O(slots) a cluster then.
 */
export function whoTakesMore(run: OfferRun): (machine: Machine) => boolean {
  const known = new Map<ClusterIndex, boolean>();
  return (machine) => {
    if (run.attempts.count.waiting === 0) return false;
    if (endsWithinOwed(run, machine)) return true;
    const useful = known.get(machine.cluster) ?? isOfUse(run, machine.cluster, run.at);
    known.set(machine.cluster, useful);
    return useful;
  };
}

export const takesMore = (run: OfferRun, machine: Machine): boolean => whoTakesMore(run)(machine);

/** A task ends there in time that is owed whatever the machine does. */
function endsWithinOwed(run: OfferRun, { id, cluster }: Machine): boolean {
  const full = expectedFull(run.estimate, cluster);
  const { billedFrom, tariff } = accountOf(run.money, id);
  const owed = before(owedUntil(tariff, billedFrom, run.at), tariff.grace);
  return full !== undefined && after(run.at, full) <= owed;
}

/** Would a machine that is rented now still end a task of the bag sooner than those that are there? */
export const isWorthRenting = (run: OfferRun, cluster: ClusterIndex): boolean =>
  run.attempts.count.waiting > 0 && isOfUse(run, cluster, after(run.at, bootOf(run, cluster)));

/** @param from when the slot is free; an idle one of the cluster counts among the others, and has time for no more than itself */
function isOfUse(run: OfferRun, cluster: ClusterIndex, from: Instant): boolean {
  const { waiting } = run.attempts.count;
  const full = expectedFull(run.estimate, cluster);
  if (full === undefined || moneyIsTight(run)) return true;
  const end = after(from, full);
  return waiting >= endedBy(run, end) || !endSooner(slotsThatTake(run), waiting, end);
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

/** Slots that may take tasks, each when it is expected to fall idle. */
function slotsThatTake(run: OfferRun): Slot[] {
  const begun = new Map<MachineId, Instant[]>();
  for (const { machine, orderedAt } of run.attempts.active.values()) {
    const there = begun.get(machine);
    if (there === undefined) begun.set(machine, [orderedAt]);
    else there.push(orderedAt);
  }
  return [...run.machines.live.values()]
    .filter(({ state, leaving, lapsing }) => state !== "releasing" && !leaving && !lapsing)
    .filter(({ silentSince }) => silentSince === undefined)
    .flatMap((machine) => slotsOf(run, machine, begun.get(machine.id) ?? []));
}

/** What an agent holds beyond its slots has yet to run in them, one after the other. */
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
