/**
 * When few tasks are left, a slot takes the next one only if it is expected to end it no later than the others would
 * end all that is left without it: a slow machine that takes one of the last tasks holds the whole bag up.
 */
import { after, before, between, type Instant } from "@stint/shared/units.js";
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
  const slots: Slot[] = [];
  const idle = new Map<Machine, number>();
  for (const machine of run.machines.live.values()) {
    if (machine.state === "releasing" || machine.leaving || machine.lapsing) continue;
    if (machine.silentSince !== undefined) continue;
    idle.set(machine, machine.slots - machine.active - (machine === asking ? 1 : 0));
  }
  for (const { machine: id, orderedAt } of run.attempts.active.values()) {
    const machine = run.machines.live.get(id);
    if (machine === undefined || !idle.has(machine)) continue;
    const full = expectedFull(run.estimate, machine.cluster);
    const rest = expectedRemaining(run.estimate, machine.cluster, between(orderedAt, run.at));
    if (full !== undefined && rest !== undefined) slots.push({ free: after(run.at, rest), full });
  }
  for (const [machine, count] of idle) {
    const full = expectedFull(run.estimate, machine.cluster);
    if (full === undefined) continue;
    const free = machine.readyAt === undefined ? readyBy(run, machine) : run.at;
    for (let index = 0; index < count; index += 1) slots.push({ free, full });
  }
  return slots;
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
