/** What a run has learnt about runtimes, updated in O(1) by every attempt that ends. */
import type { TaskIndex } from "@stint/shared/ids.js";
import type { ClusterIndex } from "../vocabulary/configuration.js";
import { modelOf, type Model } from "./model.js";
import { addRecent, newRecent, type Look, type Recent } from "./recent.js";
import type { Runtimes } from "./runtimes.js";
import { addCensored, addEnded, newSketch, runtimesOfSketch, type Sketch } from "./sketch.js";

export interface Estimate {
  readonly sketches: Sketch[];
  /** The last results of each cluster. */
  readonly recent: Recent[];
  /** Where each cluster stood at the reviews, since the last change of a speed. */
  readonly looks: (readonly Look[])[];
  /** Runtimes in seconds of tasks that ran on more than one cluster while sampling. */
  readonly pairs: Map<TaskIndex, (number | null)[]>;
  seen: number;
  /** The model as of `modelAt` observations; made anew whenever their number has grown by a twentieth. */
  model: Model | undefined;
  modelAt: number;
}

export const newEstimate = (clusters: number): Estimate => ({
  sketches: Array.from({ length: clusters }, newSketch),
  recent: Array.from({ length: clusters }, newRecent),
  looks: [],
  pairs: new Map(),
  seen: 0,
  model: undefined,
  modelAt: 0,
});

/** The phase that pairs come from hands out at most this many. */
const PAIRS_MOST = 31;

/** @param paired its task runs on several clusters, to link them */
export function observeEnded(
  estimate: Estimate,
  seen: { cluster: ClusterIndex; task: TaskIndex; seconds: number; paired: boolean },
): void {
  const sketch = estimate.sketches[seen.cluster];
  if (sketch === undefined) return;
  addEnded(sketch, seen.seconds);
  const recent = estimate.recent[seen.cluster];
  if (recent !== undefined) addRecent(recent, seen.seconds);
  if (seen.paired) notePair(estimate, seen.cluster, seen.task, seen.seconds);
  estimate.seen += 1;
}

function notePair(estimate: Estimate, cluster: ClusterIndex, task: TaskIndex, seconds: number): void {
  const row = estimate.pairs.get(task) ?? estimate.sketches.map(() => null);
  if (!estimate.pairs.has(task) && estimate.pairs.size >= PAIRS_MOST) return;
  row[cluster] = seconds;
  estimate.pairs.set(task, row);
}

/** An attempt that was ended before its time: its task takes at least so long. */
export function observeCensored(estimate: Estimate, cluster: ClusterIndex, seconds: number): void {
  const sketch = estimate.sketches[cluster];
  if (sketch !== undefined && seconds > 0) addCensored(sketch, seconds);
}

export const runtimesOf = (estimate: Estimate): Runtimes => ({
  clusters: estimate.sketches.map(runtimesOfSketch),
  pairs: [...estimate.pairs.values()].map((row) => [...row]),
});

/** How much the number of observations grows before the model is made anew. */
const GROWTH = 1.05;

/** Keeps the model fresh; amortised O(log observations) models in a run. */
export function refreshModel(estimate: Estimate): void {
  if (estimate.seen === 0 || (estimate.model !== undefined && estimate.seen < estimate.modelAt * GROWTH))
    return;
  estimate.model = modelOf(runtimesOf(estimate), []);
  estimate.modelAt = estimate.seen;
}
