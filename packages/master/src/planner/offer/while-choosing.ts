/**
 * How long do machines work on while somebody thinks an offer over? Those that the cheapest one uses cost what it says;
 * the others make it dearer, and may do so only as far as it stays true.
 */
import { after, before, between, earlier, hours, type Instant } from "@stint/shared/units.js";
import { clusterOf, type Machine } from "../machines/machines.js";
import { accountOf } from "../money/ledger.js";
import type { OfferRun } from "./offer-state.js";
import type { Offers } from "./records.js";

/** Machines with a short unit work on for so long at most. */
export const waitsUntil = (run: OfferRun): Instant =>
  run.offer.shownAt === undefined
    ? after(run.at, run.settings.wait)
    : after(run.offer.shownAt, run.settings.wait);

export function worksOnUntil(run: OfferRun, machine: Machine): Instant {
  const { othersUntil } = run.offer;
  if (othersUntil === undefined || isOfCheapest(run, machine)) return waitsUntil(run);
  const { billedFrom, tariff } = accountOf(run.money, machine.id);
  // A unit that is begun is paid whole: only those that end by then are.
  const units = Math.floor(between(billedFrom, othersUntil) / tariff.atu);
  const end = before(after(billedFrom, (units * tariff.atu) as typeof tariff.atu), tariff.grace);
  return earlier(waitsUntil(run), end);
}

/** Prices are an hour's. */
const HOUR = hours(1);

/**
 * Until the machines beyond those of the cheapest offer have cost what lies between its P50 and its P90; absent where
 * there are none or they are free.
 */
export function othersUntil(run: OfferRun, { offers: [cheapest] }: Offers): Instant | undefined {
  if (cheapest === undefined) return undefined;
  let price = 0;
  run.settings.clusters.forEach(({ tariff }, cluster) => {
    const beyond = staying(run, cluster).length - (cheapest.configuration[cluster] ?? 0);
    price += Math.max(0, beyond) * tariff.price;
  });
  if (price === 0) return undefined;
  const spare = Math.max(0, cheapest.cost.p90 - cheapest.cost.p50);
  return after(run.at, Math.floor((spare / price) * HOUR) as typeof HOUR);
}

/** The first that were rented are those that stay; a cluster that costs nothing makes no offer dearer. */
function isOfCheapest(run: OfferRun, machine: Machine): boolean {
  const { cluster } = machine;
  const count = run.offer.offers?.offers[0]?.configuration[cluster] ?? 0;
  return (
    clusterOf(run, cluster).tariff.price === 0 || staying(run, cluster).slice(0, count).includes(machine)
  );
}

const staying = (run: OfferRun, cluster: number): Machine[] =>
  [...run.machines.live.values()].filter(
    (machine) => machine.cluster === cluster && machine.state !== "releasing",
  );
