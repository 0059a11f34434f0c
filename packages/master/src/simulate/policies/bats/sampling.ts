/**
 * The sampling phase of BaTS: one machine a cluster, seven tasks that run on every cluster, others at random until
 * there are n, and more while paid time is left. Then everything is given back.
 */
import type { TaskIndex } from "@stint/shared/ids.js";
import { hasEnded, stateOf } from "../../../planner/attempts/attempts.js";
import type { ClosedAttempt } from "../../../planner/attempts/closed.js";
import { sampleSize } from "../../../planner/sample/size.js";
import type { ClusterIndex } from "../../../planner/vocabulary/configuration.js";
import { nextWaiting } from "../observing-ledger.js";
import { endOfAtu, type BatsMachine } from "./bats-machine.js";
import {
  answerRequests,
  leaveIfIdle,
  minutesNow,
  noteClosed,
  rentOne,
  runtimeOf,
  startOn,
  taught,
  type Crew,
} from "./crew.js";
import type { Sampled } from "./learn.js";

/** Tasks that run on every cluster. */
const PAIRS = 7;

/** A machine with no more than this left of its ATU is given nothing more, in minutes. */
const LEAVES_WITH = 1;

export interface Sampling {
  readonly sampled: Sampled;
  begin(): void;
  heard(closed: readonly ClosedAttempt[]): void;
  /** Rents anew what was lost or refused. */
  tick(): void;
  isOver(): boolean;
}

/** BaTS refuses a bag of which it would sample less than the pairs, or more than half. */
export function canSample(tasks: number, clusters: number): boolean {
  const size = sampleSize(tasks);
  return size >= PAIRS && size * clusters <= tasks / 2;
}

interface State {
  readonly crew: Crew;
  readonly pairs: ReadonlySet<TaskIndex>;
  /** Pairs that have not been handed out on each cluster. */
  readonly pairsLeft: TaskIndex[][];
  /** Random tasks still to be handed out, over all clusters. */
  randomLeft: number;
  /** Minutes; absent while there are. */
  ranOutAt: number | undefined;
  readonly sampled: Map<TaskIndex, Map<ClusterIndex, number>>;
}

export function createSampling(crew: Crew): Sampling {
  const { attempts, shape, settings } = crew.world.run;
  const pairs = [...attempts.queue.order.slice(0, PAIRS)] as TaskIndex[];
  const state: State = {
    crew,
    pairs: new Set(pairs),
    pairsLeft: settings.clusters.map(() => [...pairs]),
    randomLeft: sampleSize(shape.size) - PAIRS,
    ranOutAt: undefined,
    sampled: new Map(),
  };
  return {
    sampled: state.sampled,
    begin: () => rentMissing(state),
    heard(closed) {
      for (const one of closed) note(state, one);
      answerRequests(crew, (machine) => answer(state, machine));
    },
    tick: () => rentMissing(state),
    isOver: () => crew.machines.size === 0 && clustersToSample(state).length === 0,
  };
}

/** Those whose pairs are not all handed out; any, while random tasks are left. */
function clustersToSample({ pairsLeft, randomLeft, crew }: State): ClusterIndex[] {
  const waits = randomLeft > 0 && nextWaiting(crew.world.run) !== undefined;
  return pairsLeft.flatMap((left, cluster) => (left.length > 0 || waits ? [cluster] : []));
}

function rentMissing(state: State): void {
  const { crew } = state;
  for (const cluster of clustersToSample(state)) {
    if (![...crew.machines.values()].some((machine) => machine.cluster === cluster)) rentOne(crew, cluster);
  }
}

function answer(state: State, machine: BatsMachine): boolean {
  const { crew } = state;
  const pair = nextPair(state, machine.cluster);
  if (pair !== undefined) {
    startOn(crew, machine, pair, "pair");
    return true;
  }
  const now = minutesNow(crew);
  if (state.randomLeft === 0) {
    const ended = Math.max(state.ranOutAt ?? now, machine.askedAt ?? now);
    if (endOfAtu(machine, ended, crew.fleet.atu) - now <= LEAVES_WITH) return leaveIfIdle(crew, machine);
  }
  const task = nextWaiting(crew.world.run, state.pairs);
  if (task === undefined) return leaveIfIdle(crew, machine);
  state.randomLeft = Math.max(0, state.randomLeft - 1);
  if (state.randomLeft === 0) state.ranOutAt ??= now;
  startOn(crew, machine, task, "sample");
  return true;
}

/** One that has failed for good on another cluster teaches nothing. */
function nextPair({ pairsLeft, crew }: State, cluster: ClusterIndex): TaskIndex | undefined {
  const { attempts } = crew.world.run;
  const left = pairsLeft[cluster] ?? [];
  for (let task = left.shift(); task !== undefined; task = left.shift()) {
    const state = stateOf(attempts, task);
    if (!hasEnded(state) || (attempts.failures[task] ?? 0) === 0) return task;
  }
  return undefined;
}

function note(state: State, closed: ClosedAttempt): void {
  noteClosed(state.crew, closed);
  if (closed.outcome === "lost" && state.pairs.has(closed.task))
    state.pairsLeft[closed.cluster]?.push(closed.task);
  if (!taught(closed)) return;
  const seen = state.sampled.get(closed.task) ?? new Map<ClusterIndex, number>();
  state.sampled.set(closed.task, seen.set(closed.cluster, runtimeOf(closed)));
}
