/** The money did not buy the whole bag: what did it buy, and how much would the whole need? */
import { addTime, longer, microUsd, NO_MONEY, timesLonger, type MicroUsd } from "@stint/shared/units.js";
import { expectedFull } from "../estimate/expect.js";
import { bootOf, mostNow } from "../machines/machines.js";
import { charge, quantum } from "../money/tariff.js";
import { leastToLearn } from "../sample/sampling-money.js";
import { spentBy } from "../money/apply-money.js";
import type { ReportRun } from "./report-state.js";

export interface Missing {
  readonly bought: { readonly p50: number; readonly p90: number };
  /** The least budget that is worth trying again with. */
  readonly needed: MicroUsd;
  /** Nothing has ended by which to tell what the whole needs: more than there was, and nobody knows how much. */
  readonly isUnknown: boolean;
}

/**
 * Before an offer was accepted: what the offers said, or where nothing could be learnt, what learning needs. Later: what is
 * done, and what is left at the mean cost of what is done; but no less than one machine costs that is rented anew and does
 * it all, since whoever goes on begins with a boot and a whole lease.
 */
export function whatIsMissing(run: ReportRun): Missing {
  const shortfall = run.offer.offers?.shortfall;
  if (run.offer.acceptedAt === undefined && shortfall !== undefined)
    return { bought: shortfall.tasksBought, needed: shortfall.budgetNeeded, isUnknown: false };
  const { done, waiting, running } = run.attempts.count;
  if (run.offer.acceptedAt === undefined && run.sample.because?.kind === "sampling-too-dear")
    return { bought: { p50: done, p90: done }, needed: leastToLearn(run), isUnknown: true };
  const spent = spentBy(run.money, run.at);
  const lease = leastLease(run);
  const rest = done === 0 ? 0 : Math.ceil((spent / done) * (waiting + running));
  const needed = spent + Math.max(rest, lease, byOneMachine(run, waiting + running));
  const budget = run.money.budget ?? 0;
  // Where money went and nothing came of it, one more lease would go the same way.
  const more = done === 0 && spent > 0 ? Math.max(lease, budget) : lease;
  return {
    bought: { p50: done, p90: done },
    // What there is did not suffice, whatever the mean says.
    needed: microUsd(needed > budget ? needed : budget + more),
    isUnknown: done === 0,
  };
}

/** Tasks that are left may be longer than those before. */
const MARGIN = 1.2;

/** What one new machine costs, of the cluster where that is least, that does so many tasks; 0 where nothing is known. */
function byOneMachine(run: ReportRun, tasks: number): number {
  const costs = run.settings.clusters.flatMap(({ tariff, slots }, cluster) => {
    const full = expectedFull(run.estimate, cluster);
    if (full === undefined || mostNow(run, cluster) === 0) return [];
    const work = timesLonger(full, MARGIN * Math.ceil(tasks / slots));
    // A unit more: several machines that share the work round up one by one.
    const kept = addTime(addTime(bootOf(run, cluster), work), addTime(tariff.grace, tariff.atu));
    return [charge(tariff, longer(kept, quantum(tariff, run.money.budget)))];
  });
  return tasks === 0 || costs.length === 0 ? 0 : Math.min(...costs);
}

function leastLease(run: ReportRun): MicroUsd {
  const leases = run.settings.clusters.map(({ tariff }) => charge(tariff, quantum(tariff, run.money.budget)));
  return leases.reduce((least, lease) => (lease < least ? lease : least), leases[0] ?? NO_MONEY);
}
