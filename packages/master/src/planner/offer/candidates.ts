/** The configurations worth a forecast: for each of some dozens of horizons the cheapest one that ends by then. */
import { inSeconds, type Duration } from "@stint/shared/units.js";
import { halfLife, type Model } from "../estimate/model.js";
import type { Configuration } from "../vocabulary/configuration.js";
import { solveCovering } from "./covering.js";
import type { Item } from "./covering-item.js";
import { chargeFor } from "./cost-forecast.js";
import { startsBy } from "./forecast.js";
import { alikeOf } from "./alike.js";
import { freshGroup, type Group } from "./group.js";
import { draftOf, type Outlook } from "./outlook.js";

/** Horizons that are tried; at hourly units every end of one up to this many. */
const HORIZONS = 60;

export interface Candidates {
  /** Everything there is, the machines that are there, all without the slow ones. */
  readonly given: readonly Configuration[];
  readonly horizons: readonly number[];
  /** The cheapest that ends by a horizon; undefined where none does. */
  readonly by: (horizon: number) => Configuration | undefined;
}

/** Undefined when not even everything there is ends the bag. */
export function candidates(outlook: Outlook): Candidates | undefined {
  const all = outlook.snapshot.clusters.map((offered, cluster) =>
    outlook.model.clusters[cluster] === undefined
      ? 0
      : Math.min(offered.most, usefulMachines(outlook, cluster)),
  );
  const fastest = draftOf(outlook, all);
  if (fastest === undefined) return undefined;
  const present = all.map((most, cluster) =>
    Math.min(most, (outlook.present[cluster] ?? []).filter(({ silent }) => !silent).length),
  );
  const groups = all.map((most, cluster) => groupsOf(outlook, cluster, most));
  return {
    given: [all, present, ...withoutTheSlow(outlook, all)].map((each) => lean(outlook, each)),
    horizons: horizonsOf(outlook, fastest.time.p50),
    by: (horizon) => {
      const cheapest = cheapestBy(outlook, horizon, groups);
      return cheapest === undefined ? undefined : lean(outlook, cheapest);
    },
  };
}

/** All machines of the fastest cluster, of the two fastest, and so on: where few tasks are left slow slots hold the end up. */
function withoutTheSlow({ model }: Outlook, all: Configuration): Configuration[] {
  const means = all.flatMap((most, cluster) => (most > 0 ? (model.clusters[cluster]?.mean ?? []) : []));
  return [...new Set(means)].map((slowest) =>
    all.map((most, cluster) => ((model.clusters[cluster]?.mean ?? Infinity) <= slowest ? most : 0)),
  );
}

/** Without machines that would be rented and find no task: where few are left, the slowest go first. */
function lean(outlook: Outlook, configuration: Configuration): Configuration {
  const { snapshot, model, present, work } = outlook;
  const slotsOf = (cluster: number): number => snapshot.clusters[cluster]?.cluster.slots ?? 0;
  const slowness = (cluster: number): number => model.clusters[cluster]?.mean ?? 0;
  const counts = [...configuration];
  let spare =
    counts.reduce((sum, count, cluster) => sum + count * slotsOf(cluster), 0) -
    Math.ceil(work.waiting + work.running);
  for (const cluster of [...counts.keys()].sort((a, b) => slowness(b) - slowness(a) || b - a)) {
    const fresh = (counts[cluster] ?? 0) - (present[cluster]?.length ?? 0);
    const useless = Math.min(fresh, Math.floor(spare / Math.max(1, slotsOf(cluster))));
    if (useless <= 0) continue;
    counts[cluster] = (counts[cluster] ?? 0) - useless;
    spare -= useless * slotsOf(cluster);
  }
  return counts;
}

/** More slots than tasks are of no use. */
const usefulMachines = (outlook: Outlook, cluster: number): number => {
  const offered = outlook.snapshot.clusters[cluster];
  const tasks = outlook.work.waiting + outlook.work.running;
  return offered === undefined ? 0 : Math.max(1, Math.ceil(tasks / offered.cluster.slots));
};

/**
 * Seconds from now at which a plan may aim to end: geometric steps, and the ends of units where they are long. Within a
 * unit too: more machines that all end in the middle of one are a way to buy time.
 */
function horizonsOf(outlook: Outlook, fastest: Duration): number[] {
  const least = Math.max(HORIZON_LEAST, inSeconds(fastest));
  const most = Math.max(least * 1.01, slowest(outlook));
  const ratio = (most / least) ** (1 / (HORIZONS - 1));
  const steps = Array.from({ length: HORIZONS }, (_, index) => least * ratio ** index);
  const unit = Math.min(...outlook.snapshot.clusters.map(({ cluster }) => cluster.tariff.atu)) / 1_000_000;
  const ends = Math.ceil((most - least) / unit);
  if (unit < 60 || ends > HORIZONS) return steps;
  const spread = outlook.model.cv / Math.sqrt(Math.max(1, outlook.work.waiting)) + outlook.model.baseError;
  const units = Array.from({ length: ends + 1 }, (_, index) => (Math.ceil(least / unit) + index) * unit);
  // Short of the unit's end by what chance may add: a plan that ends just before it slips over it.
  const short = units.map((end) => end * (1 - Math.min(0.5, MARGIN * spread)));
  return [...units, ...short, ...steps];
}

const MARGIN = 1.3;
/** Seconds; nothing that is worth a plan ends sooner. */
const HORIZON_LEAST = 0.001;

/** How long one machine of the best value would need. */
function slowest(outlook: Outlook): number {
  const values = outlook.model.clusters.flatMap((known, cluster) => {
    const offered = outlook.snapshot.clusters[cluster];
    if (known === undefined || offered === undefined || offered.most === 0) return [];
    const { slots, tariff } = offered.cluster;
    return [
      { value: (known.mean * tariff.price) / slots, time: (outlook.work.waiting * known.mean) / slots },
    ];
  });
  values.sort((a, b) => a.value - b.value);
  return values[0]?.time ?? 0;
}

/** The cheapest machines that end the bag by a horizon; those already there cost only what is not owed yet. */
function cheapestBy(
  outlook: Outlook,
  horizon: number,
  groups: readonly (readonly Group[])[],
): Configuration | undefined {
  const kinds = groups.flat().map((group): Kind => {
    const { cluster } = group;
    return { cluster, item: itemOf(outlook.model, group, horizon) };
  });
  const scaled = kinds.map(({ item }): Item => ({ ...item, yield: Math.floor(item.yield * YIELD_SCALE) }));
  const free = kinds.map(({ item }, index) =>
    item.cost === 0 ? (scaled[index]?.yield ?? 0) * item.most : 0,
  );
  const need = Math.ceil(outlook.work.waiting * YIELD_SCALE) - free.reduce((sum, each) => sum + each, 0);
  const paid = scaled.map((item) => (item.cost === 0 ? { ...item, most: 0 } : item));
  const covering = solveCovering(paid, need);
  if (covering === undefined) return undefined;
  const counts = groups.map(() => 0);
  kinds.forEach(({ cluster, item }, index) => {
    counts[cluster] = (counts[cluster] ?? 0) + (item.cost === 0 ? item.most : (covering.counts[index] ?? 0));
  });
  return counts;
}

/** Tasks in thousandths: yields are whole numbers for the solver. */
const YIELD_SCALE = 1000;

interface Kind {
  readonly cluster: number;
  readonly item: Item;
}

/** The machines of one cluster: those that are there, and those that would be rented. */
function groupsOf(outlook: Outlook, cluster: number, most: number): Group[] {
  const { snapshot, model } = outlook;
  const there = alikeOf(outlook.present[cluster] ?? []).filter(({ silent }) => !silent);
  const groups: Group[] = [];
  let left = most;
  for (const { staying, machines } of there) {
    const taken = Math.min(machines, left);
    left -= taken;
    if (taken > 0) groups.push({ ...staying, machines: taken });
  }
  const fresh = freshGroup(snapshot, model, cluster, left);
  return [...groups, ...(fresh === undefined ? [] : [fresh])];
}

function itemOf(model: Model, group: Group, horizon: number): Item {
  // The last task a slot starts must end by the horizon too: half a life and its spread earlier.
  const lastStart = horizon - group.mean * halfLife(model);
  const one: Group = { ...group, machines: 1 };
  const sunk = group.billedFor > 0 ? chargeFor(one, 0) : 0;
  return {
    yield: Math.max(0, startsBy(model, one, lastStart)),
    cost: Math.max(group.tariff.price === 0 ? 0 : 1, chargeFor(one, horizon) - sunk),
    most: group.machines,
  };
}
