/**
 * Has a cluster become slower or faster? The mean of its results of late is compared with that of those before. Where they
 * are too far apart for chance, what was seen before counts as if it had run at the present speed, and every estimate
 * follows. A few results that took very long are no change of speed: all must have moved, and alike, so that the mean of
 * the logarithms says the same.
 */
import { seconds } from "@stint/shared/units.js";
import { clusterOf } from "../machines/machines.js";
import type { ClusterIndex } from "../vocabulary/configuration.js";
import type { EstimateRun } from "./note-observations.js";
import { lastOf, type Look } from "./recent.js";
import type { ChangeSpeed } from "./records.js";
import { addEnded, logMoments, scaled, withoutEnded, type Sketch } from "./sketch.js";

/** Standard errors that chance does not bridge in thousands of looks. */
const ERRORS = 4;
/** By how many standard deviations what began together may be off for its order alone; see `doubtOf`. */
const HALVES = 1.5;
/** Smaller changes are followed well enough by the estimates themselves. */
const CHANGE_LEAST = 1.15;
/** Standard errors by which the logarithms must differ too, and by which factor what they say may be off. */
const LOG_ERRORS = 2.5;
const ALIKE = 1.5;
/** Results of late, and before, at least: so many, and so many a slot. */
const RESULTS_LEAST = 24;
const RESULTS_A_SLOT = 1.5;
/** Looks that are remembered; the first of all is one of them. */
const LOOKS_MOST = 48;

/** Clusters that have changed, by the looks so far and the run as it is. O(looks). */
export function changesOfSpeed(run: EstimateRun): ChangeSpeed[] {
  if (run.attempts.count.waiting === 0) return [];
  const now = lookAt(run);
  return run.estimate.sketches.flatMap((sketch, cluster) => {
    const looks = run.estimate.looks.flatMap((look) => look[cluster] ?? []);
    return changeOf(looks, now[cluster] as Look, spreadOf(sketch), cluster) ?? [];
  });
}

function changeOf(
  looks: readonly Look[],
  now: Look,
  spread: Spread,
  cluster: ClusterIndex,
): ChangeSpeed | undefined {
  const [first] = looks;
  if (first === undefined) return undefined;
  for (const look of [...looks].reverse()) {
    const [last, before] = [paceOf(look, now), paceOf(first, look)];
    if (last === undefined || before === undefined) continue;
    const factor = last.mean / before.mean;
    if (Math.max(factor, 1 / factor) < CHANGE_LEAST) continue;
    const [byMean, byLogs] = [Math.log(factor), last.logMean - before.logMean];
    if (Math.abs(byMean) <= spread.cv * doubtOf(last, before)) continue;
    const chance = Math.sqrt(1 / last.results + 1 / before.results);
    if (Math.abs(byLogs) <= LOG_ERRORS * spread.ofLogs * chance) continue;
    if (Math.abs(byMean - byLogs) > Math.log(ALIKE)) continue;
    return {
      kind: "change-speed",
      cluster,
      factor,
      results: last.results,
      because: {
        kind: "tasks-take-another-time",
        took: seconds(last.mean),
        before: seconds(before.mean),
        results: last.results,
      },
    };
  }
  return undefined;
}

interface Pace {
  readonly results: number;
  /** Seconds for each, and the mean of their logarithms. */
  readonly mean: number;
  readonly logMean: number;
  readonly slots: number;
}

/**
 * By how many standard deviations two such means may differ for nothing: by chance, and since of tasks that began together
 * the short ones end first, which leaves up to half of what runs out at one end and has too much of it at the other.
 */
function doubtOf(last: Pace, before: Pace): number {
  const chance = Math.sqrt(1 / last.results + 1 / before.results);
  const halves = last.slots / 2 / last.results + before.slots / 2 / before.results;
  return ERRORS * chance + HALVES * halves;
}

/** Undefined where too little has ended in between. */
function paceOf(from: Look, to: Look): Pace | undefined {
  const results = to.ended - from.ended;
  const took = to.took - from.took;
  const slots = Math.max(from.slots, to.slots);
  const least = Math.max(RESULTS_LEAST, RESULTS_A_SLOT * slots);
  return results < least || took <= 0
    ? undefined
    : { results, mean: took / results, logMean: (to.logs - from.logs) / results, slots };
}

/** How much results differ, and their logarithms. */
interface Spread {
  readonly cv: number;
  readonly ofLogs: number;
}

function spreadOf(sketch: Sketch): Spread {
  const { ended, sum, squares } = sketch;
  if (ended < 2 || sum <= 0) return { cv: 1, ofLogs: 1 };
  const logs = logMoments(sketch);
  return {
    cv: Math.sqrt(Math.max(0, (squares * ended) / (sum * sum) - 1)),
    ofLogs: Math.sqrt(Math.max(0, logs.squares / ended - (logs.sum / ended) ** 2)),
  };
}

/** All clusters as they stand now. */
const lookAt = (run: EstimateRun): Look[] =>
  run.estimate.sketches.map((sketch, cluster) => ({
    slots: (run.machines.clusters[cluster]?.live ?? 0) * clusterOf(run, cluster).slots,
    ended: sketch.ended,
    took: sketch.sum,
    logs: logMoments(sketch).sum,
  }));

/** A look is remembered. */
export function noteLook(run: EstimateRun): void {
  const { looks } = run.estimate;
  looks.push(lookAt(run));
  // The oldest but one goes: what came before is told by the first of all.
  if (looks.length > LOOKS_MOST) looks.splice(1, 1);
}

/**
 * All that was seen of the cluster before those results, and what it took in pairs, counts as if it had run as fast as it
 * does now. Of more results than are remembered the older ones are taken for earlier ones.
 */
export function applyChange(run: EstimateRun, { cluster, factor, results }: ChangeSpeed): void {
  const { estimate } = run;
  const [sketch, recent] = [estimate.sketches[cluster], estimate.recent[cluster]];
  if (sketch === undefined || recent === undefined) return;
  const last = lastOf(recent, results);
  const now = scaled(withoutEnded(sketch, last), factor);
  for (const each of last) addEnded(now, each);
  estimate.sketches[cluster] = now;
  for (const row of estimate.pairs.values()) {
    const each = row[cluster];
    if (typeof each === "number") row[cluster] = each * factor;
  }
  // The next change is one against what is from here on.
  estimate.looks.length = 0;
  estimate.model = undefined;
}
