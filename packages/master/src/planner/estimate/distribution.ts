/**
 * The empirical distribution of runtimes on the base cluster's scale, with what is only known to last "at least
 * so long" (Kaplan and Meier, 1958). Beyond the largest observation it has a Pareto tail: never "it ends now".
 */

import {
  errorBeyond,
  excessWithoutLaw,
  massBeyond,
  withBeyond,
  type Room,
  type Step,
} from "./beyond-seen.js";
import { spliceTail } from "./splice-tail.js";

export interface Weighted {
  readonly seconds: number;
  readonly ended: number;
  readonly censored: number;
}

/** Points in rising order with their probabilities, and the mass that no observation has seen end. */
export interface Distribution {
  readonly points: readonly number[];
  readonly mass: readonly number[];
  /** P(T >= points[i]), and Σ of mass × point from i on, for conditional means. */
  readonly survival: readonly number[];
  readonly weightBeyond: readonly number[];
  readonly unseen: number;
  readonly largest: number;
  /** Index of the Pareto tail beyond the largest observation. */
  readonly tailIndex: number;
  readonly mean: number;
  readonly sd: number;
  /** Standard error of the mean (Greenwood, 1926): what is censored says little of what lies beyond. */
  readonly meanError: number;
  /** Observations that ended. */
  readonly count: number;
}

/** A tail no heavier than this is believed: the mean would not exist near 1. */
const TAIL_INDEX_LEAST = 1.5;
const TAIL_INDEX_MOST = 20;
/** The share of largest observations from which the tail's index is taken (Hill, 1975). */
const TAIL_SHARE = 0.2;

/**
 * @param observations in any order; at least one of them ended
 * @param resultsATask more than one where tasks have been run on several clusters
 */
export function distributionOf(observations: readonly Weighted[], resultsATask = 1): Distribution {
  const sorted = [...observations].sort((a, b) => a.seconds - b.seconds);
  const points: number[] = [];
  const mass: number[] = [];
  const doubt: number[] = [];
  const steps: Step[] = [];
  let atRisk = sorted.reduce((sum, { ended, censored }) => sum + ended + censored, 0);
  let alive = 1;
  for (const { seconds, ended, censored } of sorted) {
    if (ended > 0) {
      const dies = (alive * ended) / atRisk;
      points.push(seconds);
      mass.push(dies);
      steps.push({ ended, atRisk });
      doubt.push(atRisk > ended ? ended / (atRisk * (atRisk - ended)) : 0);
      alive -= dies;
    }
    // What was censored inside a bin was at risk for all that ended in it.
    atRisk -= ended + censored;
  }
  const largest = sorted.at(-1)?.seconds ?? 0;
  const unseen = Math.max(0, alive) < 1e-9 ? 0 : alive;
  const tailIndex = hill(sorted);
  const count = sorted.reduce((sum, { ended }) => sum + ended, 0);
  const seen = withMoments({ points, mass, unseen, largest, tailIndex, count }, doubt);
  return count > 1 ? withRoom(seen, withTail(seen), { steps, resultsATask }) : seen;
}

/** The same with a law in the place of its few largest observations; its mean and what is not known of it stay. */
function withTail(seen: Distribution): Distribution {
  const { points, mass, unseen, largest, tailIndex, count } = seen;
  const all =
    unseen === 0
      ? { points, mass }
      : { points: [...points, beyondLargest(largest, tailIndex)], mass: [...mass, unseen] };
  const spliced = spliceTail(all, count);
  if (spliced === all) return seen;
  const reaches = Math.max(largest, spliced.points.at(-1) ?? largest);
  const whole = withMoments({ ...spliced, unseen: 0, largest: reaches, tailIndex, count }, []);
  return { ...whole, meanError: seen.meanError };
}

interface Seen {
  readonly steps: readonly Step[];
  readonly resultsATask: number;
}

/**
 * A law made of a few excesses is true of tasks that are alike but for chance. Where they differ so much (cv) that they
 * must be of several kinds it knows nothing of a kind that was not seen, and its word does not count.
 */
const KINDS_FROM = 0.5;

/** The same with room for what is longer than all that has been seen, as far as a law to be trusted has left none. */
function withRoom(plain: Distribution, tailed: Distribution, { steps, resultsATask }: Seen): Distribution {
  const { largest } = plain;
  const byLaw = tailed === plain ? 0 : survivalAt(tailed, largest);
  const trust = byLaw > 0 ? Math.max(0, 1 - (plain.sd / (KINDS_FROM * plain.mean)) ** 2) : 0;
  const lawful = trust > 0 ? trust * (meanBeyond(tailed, largest) - largest) : 0;
  const excess = lawful + (1 - trust) * excessWithoutLaw(plain.sd);
  const already = trust * byLaw + (1 - trust) * plain.unseen;
  const beyond = massBeyond(steps, already, resultsATask);
  const all = beyond > 0 && excess > 0 ? moved(tailed, { beyond, largest, excess }) : tailed;
  return { ...all, meanError: Math.hypot(tailed.meanError, errorBeyond(beyond + trust * byLaw, excess)) };
}

function moved(seen: Distribution, room: Room): Distribution {
  const { unseen, largest, tailIndex, count } = seen;
  const all = withBeyond(seen, room);
  return withMoments(
    {
      ...all,
      unseen: unseen * (1 - room.beyond),
      largest: unseen > 0 ? largest : Math.max(largest, all.points.at(-1) ?? largest),
      tailIndex,
      count,
    },
    [],
  );
}

function withMoments(
  seen: Pick<Distribution, "points" | "mass" | "unseen" | "largest" | "tailIndex" | "count">,
  doubt: readonly number[],
): Distribution {
  const { points, mass, unseen } = seen;
  const survival: number[] = new Array<number>(points.length);
  const weightBeyond: number[] = new Array<number>(points.length);
  let probability = unseen;
  let weight = unseen * beyondLargest(seen.largest, seen.tailIndex);
  let squares = unseen * beyondLargest(seen.largest, seen.tailIndex) ** 2;
  let errors = 0;
  for (let index = points.length - 1; index >= 0; index -= 1) {
    const point = points[index] ?? 0;
    const share = mass[index] ?? 0;
    // What the curve covers from here on, squared: so much of the mean rests on this step of it.
    errors += Math.max(0, weight - probability * point) ** 2 * (doubt[index] ?? 0);
    probability += share;
    weight += share * point;
    squares += share * point * point;
    survival[index] = probability;
    weightBeyond[index] = weight;
  }
  const unbiased = seen.count > 1 ? seen.count / (seen.count - 1) : 1;
  return {
    ...seen,
    survival,
    weightBeyond,
    mean: weight,
    sd: Math.sqrt(Math.max(0, squares - weight * weight) * unbiased),
    meanError: Math.sqrt(errors * unbiased),
  };
}

/** What is expected of a task that has outlived everything seen: e·(1 + 1/k). */
const beyondLargest = (elapsed: number, index: number): number => elapsed * (1 + 1 / index);

/** Hill's estimator of the tail's index over the largest fifth of what ended. */
function hill(sorted: readonly Weighted[]): number {
  const total = sorted.reduce((sum, { ended }) => sum + ended, 0);
  let wanted = Math.max(2, Math.floor(total * TAIL_SHARE));
  let logs = 0;
  let taken = 0;
  let threshold = 0;
  for (let index = sorted.length - 1; index >= 0 && wanted > 0; index -= 1) {
    const { seconds, ended } = sorted[index] as Weighted;
    const use = Math.min(ended, wanted);
    logs += use * Math.log(Math.max(seconds, 1e-9));
    taken += use;
    wanted -= use;
    if (use > 0) threshold = seconds;
  }
  if (taken < 2 || threshold <= 0) return TAIL_INDEX_LEAST;
  const mean = logs / taken - Math.log(threshold);
  return Math.min(TAIL_INDEX_MOST, Math.max(TAIL_INDEX_LEAST, mean <= 0 ? TAIL_INDEX_MOST : 1 / mean));
}

/** E[T | T > elapsed]. */
export function meanBeyond(distribution: Distribution, elapsed: number): number {
  const { points, survival, weightBeyond } = distribution;
  const index = firstAbove(points, elapsed);
  const alive = survival[index];
  if (index >= points.length || alive === undefined || alive <= 0) {
    return beyondLargest(Math.max(elapsed, distribution.largest), distribution.tailIndex);
  }
  return (weightBeyond[index] ?? 0) / alive;
}

/** P(T > seconds). */
export function survivalAt(distribution: Distribution, seconds: number): number {
  const index = firstAbove(distribution.points, seconds);
  if (index < distribution.points.length) return distribution.survival[index] ?? 0;
  const { unseen, largest, tailIndex } = distribution;
  return unseen === 0 ? 0 : unseen * (Math.max(seconds, largest) / Math.max(largest, 1e-9)) ** -tailIndex;
}

/** P(T > elapsed + more | T > elapsed); beyond the largest observation by the Pareto tail, never "it ends now". */
export function outlives(distribution: Distribution, elapsed: number, more: number): number {
  const alive = survivalAt(distribution, elapsed);
  if (alive > 0) return survivalAt(distribution, elapsed + more) / alive;
  const from = Math.max(elapsed, distribution.largest, 1e-9);
  return (1 + more / from) ** -distribution.tailIndex;
}

/** ∫ P(T > u) du from 0 to `seconds`, over the mean: the share of residual lives that are shorter. O(log bins). */
export function residualShare(distribution: Distribution, seconds: number): number {
  const { points, survival, weightBeyond, mean, unseen } = distribution;
  if (mean <= 0) return 1;
  const index = firstAbove(points, seconds);
  const alive = index < points.length ? (survival[index] ?? 0) : unseen;
  const beyond =
    index < points.length
      ? (weightBeyond[index] ?? 0)
      : unseen * beyondLargest(distribution.largest, distribution.tailIndex);
  return Math.min(1, Math.max(0, mean - beyond + Math.min(alive * seconds, beyond)) / mean);
}

function firstAbove(points: readonly number[], value: number): number {
  let low = 0;
  let high = points.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((points[middle] ?? 0) > value) high = middle;
    else low = middle + 1;
  }
  return low;
}
