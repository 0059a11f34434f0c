/**
 * The machines of a plan as a forecast sees them: groups of equal ones, when each can begin, since when it is
 * billed. Made from a snapshot and the number of machines wanted of each cluster.
 */
import { between, inSeconds, type Duration } from "@stint/shared/units.js";
import type { Tariff } from "@stint/shared/cluster.js";
import { meanBeyond, outlives } from "../estimate/distribution.js";
import { fromBase, toBase, type Link } from "../estimate/link.js";
import type { Model } from "../estimate/model.js";
import type { Snapshot, SnapshotMachine } from "../estimate/snapshot.js";
import type { ClusterIndex, Configuration } from "../vocabulary/configuration.js";

export interface Group {
  readonly cluster: ClusterIndex;
  readonly machines: number;
  readonly slots: number;
  readonly tariff: Tariff;
  readonly link: Link;
  /** Mean runtime in seconds, and how uncertain the link is. */
  readonly mean: number;
  /** Seconds from now until a slot of it can take a waiting task. */
  readonly delay: number;
  /** How long ago its bill began. */
  readonly billedFor: Duration;
  /** It leaves after so many seconds, whatever is left to do. */
  readonly leavesAfter?: number;
}

/** @returns groups for the machines that stay, those that leave, and those that would be rented */
export function fleetOf(snapshot: Snapshot, model: Model, configuration: Configuration): Group[] {
  const groups: Group[] = [];
  snapshot.clusters.forEach((_, cluster) => {
    const wanted = configuration[cluster] ?? 0;
    const present = presentMachines(snapshot, cluster);
    present.forEach((machine, index) => {
      const group = existing(snapshot, model, machine, index >= wanted);
      if (group !== undefined) groups.push(group);
    });
    const fresh = freshGroup(snapshot, model, cluster, wanted - present.length);
    if (fresh !== undefined) groups.push(fresh);
  });
  return merged(groups);
}

/** Those with most owed time left first: they are the ones that stay. */
export const presentMachines = (snapshot: Snapshot, cluster: ClusterIndex): SnapshotMachine[] =>
  snapshot.machines
    .filter((machine) => machine.cluster === cluster)
    .sort(
      (a, b) =>
        Number(a.silent) - Number(b.silent) || b.owedUntil - a.owedUntil || a.billedFrom - b.billedFrom,
    );

function existing(
  snapshot: Snapshot,
  model: Model,
  machine: SnapshotMachine,
  leaving: boolean,
): Group | undefined {
  const known = model.clusters[machine.cluster];
  const offered = snapshot.clusters[machine.cluster];
  if (known === undefined || offered === undefined) return undefined;
  const { at } = snapshot;
  const boot =
    machine.readyAt === undefined
      ? Math.max(0, inSeconds(offered.boot) - inSeconds(between(machine.billedFrom, at)))
      : 0;
  return {
    cluster: machine.cluster,
    machines: 1,
    slots: offered.cluster.slots,
    tariff: offered.cluster.tariff,
    link: known.link,
    mean: known.mean,
    delay: machine.readyAt === undefined ? boot : meanResidual(snapshot, model, machine.cluster),
    billedFor: between(machine.billedFrom, at),
    ...((leaving || machine.silent) && {
      leavesAfter: Math.max(0, inSeconds(between(at, machine.owedUntil))),
    }),
  };
}

export function freshGroup(
  snapshot: Snapshot,
  model: Model,
  cluster: ClusterIndex,
  machines: number,
): Group | undefined {
  const known = model.clusters[cluster];
  const offered = snapshot.clusters[cluster];
  if (known === undefined || offered === undefined || machines <= 0) return undefined;
  return {
    cluster,
    machines,
    slots: offered.cluster.slots,
    tariff: offered.cluster.tariff,
    link: known.link,
    mean: known.mean,
    delay: inSeconds(offered.boot),
    billedFor: 0 as Duration,
  };
}

/** What a running task of a cluster still needs, on average over those that run; nothing where none does. */
export function meanResidual(snapshot: Snapshot, model: Model, cluster: ClusterIndex): number {
  const known = model.clusters[cluster];
  const slots = presentMachines(snapshot, cluster).filter(({ readyAt }) => readyAt !== undefined).length;
  if (known === undefined || slots === 0) return 0;
  const perMachine = snapshot.clusters[cluster]?.cluster.slots ?? 1;
  let sum = 0;
  for (const task of snapshot.running) {
    if (task.cluster !== cluster) continue;
    const elapsed = inSeconds(task.elapsed);
    sum += Math.max(0, fromBase(known.link, meanBeyond(model.base, toBase(known.link, elapsed))) - elapsed);
  }
  return sum / (slots * perMachine);
}

/** How many of the tasks that run now will have to be run again, since their machine leaves before they end. */
export function tasksComingBack(snapshot: Snapshot, model: Model, configuration: Configuration): number {
  let sum = 0;
  snapshot.clusters.forEach((_, cluster) => {
    const known = model.clusters[cluster];
    const leaving = new Set(presentMachines(snapshot, cluster).slice(configuration[cluster] ?? 0));
    if (known === undefined || leaving.size === 0) return;
    for (const task of snapshot.running) {
      const machine = snapshot.machines[task.machine];
      if (task.copy || machine === undefined || !leaving.has(machine)) continue;
      const elapsed = inSeconds(task.elapsed);
      const stays = Math.max(0, inSeconds(between(snapshot.at, machine.owedUntil)));
      const [from, to] = [toBase(known.link, elapsed), toBase(known.link, elapsed + stays)];
      sum += outlives(model.base, from, to - from);
    }
  });
  return sum;
}

/** Machines that do not differ are one group: a fleet of a thousand is as quick as one of ten. */
function merged(groups: readonly Group[]): Group[] {
  const byKey = new Map<string, Group>();
  for (const group of groups) {
    const key = [group.cluster, group.delay, group.billedFor, group.leavesAfter ?? ""].join(" ");
    const before = byKey.get(key);
    byKey.set(key, before === undefined ? group : { ...before, machines: before.machines + group.machines });
  }
  return [...byKey.values()];
}
