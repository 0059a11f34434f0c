/**
 * What to sample, where, and with how many machines to begin: a little of the budget at first, since learning
 * costs most where money is tight, and nobody knows yet whether it is.
 */
import type { TaskIndex } from "@stint/shared/ids.js";
import { after, type MicroUsd } from "@stint/shared/units.js";
import { stateOf, TASK_STATE } from "../attempts/attempts.js";
import { cursor } from "../attempts/queue.js";
import { clusterMachines, clusterOf, mostNow } from "../machines/machines.js";
import type { RentMachine } from "../machines/records.js";
import { machineId } from "@stint/shared/ids.js";
import { quantum } from "../money/tariff.js";
import type { ClusterIndex } from "../vocabulary/configuration.js";
import type { Because } from "../vocabulary/because.js";
import type { SampleBecause } from "./because.js";
import type { PlanSample } from "./records.js";
import type { SampleRun } from "./sample.js";
import { byPrice, clustersToTry } from "./clusters-to-try.js";
import { firstLease, samplingMoney, samplingPays } from "./sampling-money.js";
import { PAIRS_LEAST, sampleShape } from "./size.js";

/** Money for the first machines of the sample, as a share of the budget. */
const FIRST_SHARE = 0.06;
/** And for so many on each cluster that its fewest pairs run at once: one after the other they hold everything up. */
const PAIRS_SHARE = 0.15;
/** Clusters left out that are named; of the others only how many there are is said. */
const NAMED = 3;

/** What is sampled first. Size 0: there is nothing to choose, too little to learn from, or too little money. */
export function planSample(run: SampleRun): PlanSample {
  const { clusters, without } = run.settings;
  if (isToldAtFirst(run)) return noSample({ kind: "told" });
  if (clusters.length === 1 && isFree(run, 0)) return noSample({ kind: "nothing-to-choose" });
  const { waiting, running } = run.attempts.count;
  const tasks = waiting + running;
  const { clusters: affordable, tooDear, tooMany } = clustersToTry(run, tasks);
  const shape = sampleShape(tasks, Math.max(1, affordable.length));
  if (shape === undefined) {
    return noSample({ kind: "bag-too-small-to-sample", tasks, clusters: clusters.length });
  }
  if (affordable.length === 0) {
    const least = Math.min(...byPrice(run).map((cluster) => firstLease(run, cluster))) as MicroUsd;
    return noSample({ kind: "sampling-too-dear", least, money: samplingMoney(run) ?? least });
  }
  const pairs = without.includes("pairs") ? [] : choosePairs(run, shape.pairs);
  const because: SampleBecause = {
    kind: "sample-sized",
    tasks,
    // One cluster is compared with nothing.
    pairsWanted: affordable.length > 1 ? shape.pairs : 0,
    pairsAllowed: pairs.length,
    leftOut: tooDear.length + tooMany.length,
    tooMany: tooMany.length,
    leftOutFirst: [...tooMany, ...tooDear].slice(0, NAMED).map((cluster) => clusterOf(run, cluster).name),
  };
  const perCluster = affordable.length > 1 ? shape.pairs : 1;
  return { kind: "plan-sample", size: shape.size, pairs, clusters: affordable, perCluster, because };
}

/** There is nothing to find out. */
export const isToldAtFirst = ({ settings }: SampleRun): boolean => settings.told?.when === "at-first";

const noSample = (because: SampleBecause): PlanSample => ({
  kind: "plan-sample",
  size: 0,
  pairs: [],
  clusters: [],
  perCluster: 0,
  because,
});

/** The first tasks in the run's random order that may run twice at once. */
function choosePairs(run: SampleRun, wanted: number): TaskIndex[] {
  const pairs: TaskIndex[] = [];
  const queue = cursor(run.attempts.queue, (task) => stateOf(run.attempts, task) === TASK_STATE.waiting);
  while (pairs.length < wanted) {
    const task = queue.take();
    if (task === undefined) break;
    if (run.shape.mayBeCopied(task)) pairs.push(task);
  }
  return pairs;
}

const isFree = (run: SampleRun, cluster: ClusterIndex): boolean => clusterOf(run, cluster).tariff.price === 0;

/**
 * Nothing more is to be learnt of this cluster while sampling: its machines are gone, and no other is paid for,
 * or launches fail one after the other.
 */
export const isGivenUp = (run: SampleRun, cluster: ClusterIndex): boolean => {
  const { live, timesLimited } = clusterMachines(run, cluster);
  return live === 0 && (timesLimited > 0 || !samplingPays(run, cluster));
};

/** The machines to begin with: one a cluster, then more while they fit into their share of the budget. */
export function firstRents(run: SampleRun): RentMachine[] {
  const { sample } = run;
  const counts = new Map<ClusterIndex, number>(sample.clusters.map((cluster) => [cluster, 1]));
  const { budget } = run.money;
  let spent = sample.clusters.reduce((sum, cluster) => sum + firstLease(run, cluster), 0);
  const allowance = (count: number): number =>
    (budget ?? 0) * (count < PAIRS_LEAST ? PAIRS_SHARE : FIRST_SHARE);
  let grew = true;
  while (grew) {
    grew = false;
    for (const cluster of byPrice(run).filter((index) => counts.has(index))) {
      const count = counts.get(cluster) ?? 0;
      const cost = firstLease(run, cluster);
      const useful =
        count < mostNow(run, cluster) && count * clusterOf(run, cluster).slots < sampleSlots(run);
      if (!useful || (cost > 0 && spent + cost > allowance(count))) continue;
      counts.set(cluster, count + 1);
      spent += cost;
      grew = true;
    }
  }
  // Where money is tight one first lease of each cluster may be more of it than that.
  const share = budget === undefined ? FIRST_SHARE : Math.max(FIRST_SHARE, spent / Math.max(1, budget));
  return sample.clusters.flatMap((cluster) =>
    rentMany(run, cluster, missing(cluster), { kind: "sampling-begins", share }),
  );

  /** A run that was begun before may have some. */
  function missing(cluster: ClusterIndex): number {
    return Math.max(0, (counts.get(cluster) ?? 0) - clusterMachines(run, cluster).live);
  }
}

/** Slots that a cluster can use at most while it is sampled; a free one takes what it can. */
const sampleSlots = (run: SampleRun): number =>
  Math.max(1, Math.ceil((run.sample.size || run.shape.size) / run.sample.clusters.length));

/** Orders for `count` new machines of a cluster, each with a first lease of one quantum. */
export function rentMany(
  run: SampleRun,
  cluster: ClusterIndex,
  count: number,
  because: Because,
): RentMachine[] {
  const { tariff, name } = clusterOf(run, cluster);
  const paidUntil = after(run.at, quantum(tariff, run.money.budget));
  const { rented } = clusterMachines(run, cluster);
  return Array.from({ length: count }, (_, index) => ({
    kind: "rent-machine",
    machine: machineId(name, rented + 1 + index),
    cluster,
    paidUntil,
    because,
  }));
}
