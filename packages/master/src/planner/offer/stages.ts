/**
 * Plans that end with fewer machines than they began with. Where a unit is paid whole, all that begin another one for
 * the last few tasks cost more than those tasks are worth: some of them leave a unit earlier.
 */
import { between, inSeconds, seconds, type Duration } from "@stint/shared/units.js";
import type { Configuration, Later } from "../vocabulary/configuration.js";
import type { Draft, Outlook } from "./outlook.js";

/** A unit is long when a task is not much longer. */
const UNITS_A_TASK = 2;
/** Shorter ones pass while machines start and are given back: who leaves on time is then a matter of luck. */
const UNIT_LEAST = seconds(10);
/** The last ends of units at which some may leave. */
const CHANGES = 2;
/** Shares of the machines that stay to the end. */
const SHARES = [0.65, 0.4, 0.2, 0.08] as const;

/**
 * Where tasks differ much, what is cut off when a machine goes weighs on who stays: each must have enough to do. Where they
 * differ more than much, too many are cut off for a forecast to be sure of.
 */
const SCATTER_MUCH = 0.6;
const SCATTER_MOST = 1.2;
const TASKS_A_SLOT = 6;

/** Later stages worth a forecast; none where units are short, or some tasks much longer than others. */
export function stagesOf(outlook: Outlook, plan: Draft): Later[] {
  const { cv } = outlook.model;
  if (cv > SCATTER_MOST) return [];
  if (cv > SCATTER_MUCH && outlook.work.waiting < TASKS_A_SLOT * slotsOf(outlook, plan)) return [];
  const fewer = [
    ...SHARES.map((share) => plan.configuration.map((count) => Math.ceil(count * share))),
    ...withoutTheDear(outlook, plan),
  ];
  return changesOf(outlook, plan).flatMap((after) =>
    fewer.map((configuration): Later => ({ after, configuration })),
  );
}

/** Only the clusters that do a task for least, by one cluster more each time. */
function withoutTheDear({ snapshot, model }: Outlook, { configuration }: Draft): Configuration[] {
  const costs = configuration.map((count, cluster) => {
    const offered = snapshot.clusters[cluster]?.cluster;
    return count === 0 || offered === undefined
      ? Infinity
      : ((model.clusters[cluster]?.mean ?? 0) * offered.tariff.price) / offered.slots;
  });
  const known = [...new Set(costs.filter((cost) => cost < Infinity))].sort((a, b) => a - b);
  return known
    .slice(0, -1)
    .map((most) => configuration.map((count, cluster) => ((costs[cluster] ?? 0) <= most ? count : 0)));
}

const slotsOf = ({ snapshot }: Outlook, { configuration }: Draft): number =>
  configuration.reduce(
    (sum, count, cluster) => sum + count * (snapshot.clusters[cluster]?.cluster.slots ?? 0),
    0,
  );

/** The last ends of the longest unit before the plan ends, from now. */
function changesOf({ snapshot, model, present }: Outlook, plan: Draft): Duration[] {
  let longest: { readonly first: number; readonly unit: number } | undefined;
  plan.configuration.forEach((count, cluster) => {
    const known = model.clusters[cluster];
    const offered = snapshot.clusters[cluster];
    if (count === 0 || known === undefined || offered === undefined) return;
    const { atu, price } = offered.cluster.tariff;
    if (price === 0 || atu < UNIT_LEAST || inSeconds(atu) * UNITS_A_TASK < known.mean) return;
    if (longest !== undefined && longest.unit >= atu) return;
    const owed = snapshot.machines
      .filter((machine) => machine.cluster === cluster)
      .map(({ owedUntil }) => between(snapshot.at, owedUntil))
      .filter((left) => left > 0);
    const there = (present[cluster] ?? []).length;
    longest = { unit: atu, first: 2 * there >= count && owed.length > 0 ? Math.min(...owed) : atu };
  });
  if (longest === undefined) return [];
  const { first, unit } = longest;
  const last = Math.floor((plan.time.p50 - first) / unit);
  return Array.from({ length: CHANGES }, (_, back) => first + (last - back) * unit).filter(
    (after) => after > 0 && after < plan.time.p50,
  ) as Duration[];
}
