/**
 * The lives that run when nothing waits any more: the bag ends with the longest of them, a machine with the longest
 * of its own. Where tasks may be copied a fast machine that falls idle ends what runs on a slow one.
 */
import { outlives, residualShare, survivalAt } from "../estimate/distribution.js";
import { toBase, type Link } from "../estimate/link.js";
import type { Model } from "../estimate/model.js";
import type { ClusterIndex } from "../vocabulary/configuration.js";
import type { Group } from "./group.js";
import type { Spread } from "./records.js";

/** An attempt that runs: on which kind of machine, and for how many seconds. */
export interface Life {
  readonly link: Link;
  readonly elapsed: number;
}

/** What runs when the queue is empty. */
export interface LastTasks {
  readonly waiting: number;
  readonly running: number;
  readonly copies: boolean;
}

/** Quantiles of the longest of the lives that run when the queue is empty. */
export function lastResidual(model: Model, fleet: readonly Group[], work: LastTasks): Spread<number> {
  const slots = fleet.reduce((sum, group) => sum + group.machines * group.slots, 0);
  const tasks = work.waiting + work.running;
  const used = slots === 0 ? 0 : Math.min(1, tasks / slots);
  // With no more tasks than slots each slot runs one from its beginning; else its life is found half-way.
  const few = work.waiting <= slots;
  const each = oneOfEach(fleet);
  const slotsOf = slotsByCluster(fleet);
  const racers = each.map((group) => (work.copies ? racerOf(fleet, group, slotsOf) : undefined));
  const shareLog = (group: Group, racer: Racer | undefined, x: number): number => {
    const onBase = toBase(group.link, x);
    const ended = few ? 1 - survivalAt(model.base, onBase) : residualShare(model.base, onBase);
    return Math.log(Math.max(1 - (1 - ended) * (1 - endedByCopy(model, racer, x)), 1e-12));
  };
  const logs: number[] = [];
  const below = (x: number): number => {
    for (let index = 0; index < each.length; index += 1) {
      const group = each[index] as Group;
      logs[group.cluster] = shareLog(group, racers[index], x);
    }
    let sum = 0;
    for (const group of fleet) sum += used * group.machines * group.slots * (logs[group.cluster] ?? 0);
    return Math.exp(sum);
  };
  return quantilesOf(below, model);
}

/** The second is worked out when it is asked for. */
const quantilesOf = (below: (x: number) => number, model: Model): Spread<number> => ({
  p50: quantile(below, 0.5, model),
  get p90() {
    return quantile(below, 0.9, model);
  },
});

/** One group of each cluster: how long a life is there is the same for all of them. */
const oneOfEach = (fleet: readonly Group[]): Group[] => [
  ...new Map(fleet.map((group) => [group.cluster, group])).values(),
];

/** Who copies what runs on a slower cluster, and how many copies one after the other. */
interface Racer {
  readonly fast: Group;
  readonly rounds: number;
}

function racerOf(
  fleet: readonly Group[],
  slow: Group,
  slotsOf: ReadonlyMap<ClusterIndex, number>,
): Racer | undefined {
  const slots = (cluster: ClusterIndex): number => slotsOf.get(cluster) ?? 0;
  let best: Racer | undefined;
  for (const fast of fleet) {
    if (fast.mean >= slow.mean || fast.leavesAfter !== undefined) continue;
    const rounds = Math.ceil(slots(slow.cluster) / slots(fast.cluster));
    if (best === undefined || rounds * fast.mean < best.rounds * best.fast.mean) best = { fast, rounds };
  }
  return best;
}

function slotsByCluster(fleet: readonly Group[]): Map<ClusterIndex, number> {
  const slots = new Map<ClusterIndex, number>();
  for (const one of fleet) slots.set(one.cluster, (slots.get(one.cluster) ?? 0) + one.machines * one.slots);
  return slots;
}

/** A fast slot ends what it runs, then copies, each for as long as a task takes there. */
const endedByCopy = (model: Model, racer: Racer | undefined, x: number): number =>
  racer === undefined
    ? 0
    : residualShare(model.base, toBase(racer.fast.link, x - racer.rounds * racer.fast.mean));

/**
 * The longest of what is left of the tasks that run, each known to have run for so long; a task ends with the first
 * of its attempts.
 */
export function lastOfRunning(model: Model, tasks: readonly (readonly Life[])[]): Spread<number> {
  const goesOn = ({ link, elapsed }: Life, x: number): number => {
    const [from, to] = [toBase(link, elapsed), toBase(link, elapsed + x)];
    return outlives(model.base, from, to - from);
  };
  const below = (x: number): number =>
    tasks.reduce(
      (product, lives) => product * (1 - lives.reduce((both, life) => both * goesOn(life, x), 1)),
      1,
    );
  return tasks.length === 0
    ? { p50: 0, p90: 0 }
    : { p50: quantile(below, 0.5, model), p90: quantile(below, 0.9, model) };
}

/** The residual life of a machine of this group (the longest of its slots) at each of these quantiles. */
export function residualsOf(model: Model, { cluster, link, slots }: Group): readonly number[] {
  const known = residuals.get(model) ?? new Map<string, readonly number[]>();
  residuals.set(model, known);
  const key = `${String(cluster)} ${String(slots)}`;
  const remembered = known.get(key);
  if (remembered !== undefined) return remembered;
  const found = RESIDUAL_QUANTILES.map((level) =>
    quantile((x) => residualShare(model.base, toBase(link, x)) ** slots, level, model),
  );
  known.set(key, found);
  return found;
}

/** A machine's end lies a residual life after the queue is empty; its bill is averaged over these. */
const RESIDUAL_QUANTILES = [0.1, 0.3, 0.5, 0.7, 0.9] as const;

/** All plans of one question ask for the same ones. */
const residuals = new WeakMap<Model, Map<string, readonly number[]>>();

/** By bisection, to far below a microsecond of a task's longest life. */
function quantile(below: (x: number) => number, level: number, model: Model): number {
  let high = Math.max(model.base.largest, 1e-3);
  for (let step = 0; step < DOUBLINGS && below(high) < level; step += 1) high *= 2;
  let low = 0;
  for (let step = 0; step < HALVINGS; step += 1) {
    const middle = (low + high) / 2;
    if (below(middle) >= level) high = middle;
    else low = middle;
  }
  return high;
}

const DOUBLINGS = 40;
const HALVINGS = 40;
