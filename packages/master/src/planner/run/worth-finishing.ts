/**
 * A machine that leaves still runs tasks: it may end them unless running them again costs less. Who has run for long
 * is long: elsewhere it takes as long again from its beginning, and what was paid for it so far is lost.
 */
import { after, between, hours, NO_TIME, type Duration } from "@stint/shared/units.js";
import type { ActiveAttempt } from "../attempts/attempts.js";
import { expectedElsewhere, expectedRemaining } from "../estimate/expect.js";
import { clusterOf, mostNow, type Machine } from "../machines/machines.js";
import { accountOf } from "../money/ledger.js";
import { owedUntil } from "../money/tariff.js";
import type { OfferRun } from "../offer/offer-state.js";
import { firstLease } from "../sample/sampling-money.js";
import type { ClusterIndex } from "../vocabulary/configuration.js";
import { costPerTask } from "./spend-the-rest.js";

export function isWorthFinishing(run: OfferRun, machine: Machine): boolean {
  if (machine.active === 0 || run.phase === "choosing") return false;
  const wanted = [...run.attempts.active.values()].filter(
    (active) => active.machine === machine.id && !active.cancelled,
  );
  return wanted.length > 0 && costOfFinishing(run, machine, wanted) <= costOfRedoing(run, machine, wanted);
}

/** Of the units beyond the owed end until the last of them is expected to end, and of one at least. */
function costOfFinishing(run: OfferRun, machine: Machine, tasks: readonly ActiveAttempt[]): number {
  const { billedFrom, tariff } = accountOf(run.money, machine.id);
  const ends = tasks.map(({ orderedAt }) =>
    after(run.at, expectedRemaining(run.estimate, machine.cluster, between(orderedAt, run.at)) ?? NO_TIME),
  );
  const beyond = Math.max(...ends) - owedUntil(tariff, billedFrom, run.at);
  const units = Math.max(1, Math.ceil(beyond / tariff.atu));
  return inHours(units * tariff.atu * tariff.price);
}

/** Where each is cheapest; if nobody stays to do it, at least the first lease of a new machine. */
function costOfRedoing(run: OfferRun, { cluster }: Machine, tasks: readonly ActiveAttempt[]): number {
  const usable = [...run.settings.clusters.keys()].filter((each) => mostNow(run, each) > 0);
  if (usable.length === 0) return Infinity;
  let cost = 0;
  for (const { orderedAt } of tasks) {
    const seen = { cluster, elapsed: between(orderedAt, run.at) };
    cost += Math.min(...usable.map((elsewhere) => costThere(run, seen, elsewhere)));
  }
  const stays = [...run.machines.live.values()].some(
    ({ state, leaving }) => state !== "releasing" && !leaving,
  );
  const anew = stays ? 0 : Math.min(...usable.map((each) => firstLease(run, each)));
  return Math.max(anew, inHours(cost));
}

/** Price × expected runtime / slots, as for a task of which nothing has been seen where nothing is known of clusters. */
function costThere(
  run: OfferRun,
  seen: { readonly cluster: ClusterIndex; readonly elapsed: Duration },
  elsewhere: ClusterIndex,
): number {
  const takes = expectedElsewhere(run.estimate, seen, elsewhere);
  const { tariff, slots } = clusterOf(run, elsewhere);
  return takes === undefined ? costPerTask(run, elsewhere) : (takes * tariff.price) / slots;
}

/** Prices are an hour's. */
const HOUR = hours(1);
const inHours = (cost: number): number => cost / HOUR;
