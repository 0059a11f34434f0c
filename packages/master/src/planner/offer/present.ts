/** The machines that are there as all plans of one question see them: looked at once, those that stay first. */
import { before, between, inSeconds, seconds } from "@stint/shared/units.js";
import { meanBeyond, outlives } from "../estimate/distribution.js";
import { fromBase, toBase } from "../estimate/link.js";
import type { Model } from "../estimate/model.js";
import type { Snapshot, SnapshotMachine, SnapshotRunning } from "../estimate/snapshot.js";
import type { ClusterIndex } from "../vocabulary/configuration.js";
import { freshGroup, type Group } from "./group.js";

export interface PresentMachine {
  readonly staying: Group;
  readonly leaving: Group;
  /** Not heard from: it counts as leaving whatever a plan wants. */
  readonly silent: boolean;
  /** It is there and runs nothing: where nothing waits it goes. */
  readonly idle: boolean;
  /** Its tasks that will have to be run again if it leaves at its owed end. */
  readonly comingBack: number;
  /** The same for machines that do not differ. */
  readonly alike: string;
}

/** By cluster; none where nothing is known of one. */
export type Present = readonly (readonly PresentMachine[])[];

export function presentOf(snapshot: Snapshot, model: Model): Present {
  const runningOn = snapshot.machines.map((): SnapshotRunning[] => []);
  for (const task of snapshot.running) runningOn[task.machine]?.push(task);
  return snapshot.clusters.map((_, cluster) => {
    const template = freshGroup(snapshot, model, cluster, 1);
    if (template === undefined) return [];
    const residual = meanResidual(snapshot, model, cluster);
    return placesOf(snapshot, cluster).map((place) => {
      const machine = snapshot.machines[place] as SnapshotMachine;
      const gradual = machine.readyAt !== undefined;
      const delay = gradual ? residual : bootLeft(snapshot, machine, template);
      const running = runningOn[place] ?? [];
      return presentMachine({ snapshot, model }, machine, { ...template, delay, gradual }, running);
    });
  });
}

interface Known {
  readonly snapshot: Snapshot;
  readonly model: Model;
}

function presentMachine(
  { snapshot, model }: Known,
  machine: SnapshotMachine,
  template: Group,
  running: readonly SnapshotRunning[],
): PresentMachine {
  const { grace } = template.tariff;
  const leavesAfter = Math.max(0, inSeconds(between(snapshot.at, before(machine.owedUntil, grace))));
  const { bought } = machine;
  const tariff = bought === undefined ? template.tariff : { ...template.tariff, bought };
  const staying = { ...template, tariff, billedFor: between(machine.billedFrom, snapshot.at) };
  const comingBack = running
    .filter(({ copy }) => !copy)
    .reduce((sum, task) => {
      const elapsed = inSeconds(task.elapsed);
      const [from, to] = [toBase(template.link, elapsed), toBase(template.link, elapsed + leavesAfter)];
      return sum + outlives(model.base, from, to - from);
    }, 0);
  const { atu, minimum } = template.tariff;
  // Where units are short a bill goes by the time alone, and machines of many ages are as good as that many of one age.
  const byTime = atu <= SHORT_UNIT && staying.billedFor >= minimum;
  const age = byTime ? "by time" : `${String(staying.billedFor)} ${String(leavesAfter)}`;
  const prices = (bought ?? []).map(({ until, price }) => ` ${String(until)}:${String(price)}`).join("");
  const idle = running.length === 0;
  const alike = `${String(staying.delay)} ${String(idle)} ${age}${prices}`;
  return { staying, leaving: { ...staying, leavesAfter }, silent: machine.silent, idle, comingBack, alike };
}

/** A machine that leaves in the middle of such a unit wastes nothing worth a thought. */
const SHORT_UNIT = seconds(1);

const bootLeft = (snapshot: Snapshot, machine: SnapshotMachine, template: Group): number =>
  Math.max(0, template.delay - inSeconds(between(machine.billedFrom, snapshot.at)));

/** Those with most owed time left first: they are the ones that stay. */
function placesOf({ machines }: Snapshot, cluster: ClusterIndex): number[] {
  const at = (place: number): SnapshotMachine => machines[place] as SnapshotMachine;
  return [...machines.keys()]
    .filter((place) => at(place).cluster === cluster)
    .sort(
      (a, b) =>
        Number(at(a).silent) - Number(at(b).silent) ||
        at(b).owedUntil - at(a).owedUntil ||
        at(a).billedFrom - at(b).billedFrom,
    );
}

/** What a running task of a cluster still needs, on average over its slots; nothing where none runs. */
function meanResidual(snapshot: Snapshot, model: Model, cluster: ClusterIndex): number {
  const known = model.clusters[cluster];
  const ready = snapshot.machines.filter(
    (one) => one.cluster === cluster && one.readyAt !== undefined,
  ).length;
  if (known === undefined || ready === 0) return 0;
  let sum = 0;
  for (const task of snapshot.running) {
    if (task.cluster !== cluster) continue;
    const elapsed = inSeconds(task.elapsed);
    sum += Math.max(0, fromBase(known.link, meanBeyond(model.base, toBase(known.link, elapsed))) - elapsed);
  }
  return sum / (ready * (snapshot.clusters[cluster]?.cluster.slots ?? 1));
}
