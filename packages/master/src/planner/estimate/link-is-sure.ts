/**
 * Is it known already how a cluster's runtimes relate to the others'? Seven pairs are for bags that scatter; where
 * three agree, the rest is not waited for: it runs on, and the first reviews know it.
 */
import { spreadAtMost } from "../stats/normal.js";
import type { ClusterIndex } from "../vocabulary/configuration.js";
import { runtimesOf, type Estimate } from "./estimate.js";
import { modelOf } from "./model.js";

const PAIRS_LEAST = 3;
/** Relative error of the ratio, at the upper end of what so few pairs say of their scatter. */
const ERROR_MOST = 0.03;
/** Where tasks hardly differ more is allowed: else the wait for pairs is when long tasks are seen. */
const ALIKE = { cv: 0.3, errorMost: 0.15 } as const;

/** Its pairs with the cluster on which most has ended are enough; that one itself is compared with nobody. */
export function linkIsSure(estimate: Estimate, cluster: ClusterIndex): boolean {
  const ended = estimate.sketches.map((sketch) => sketch.ended);
  const base = ended.indexOf(Math.max(...ended));
  if (base === cluster) return (ended[cluster] ?? 0) > 0;
  const ratios = [...estimate.pairs.values()].flatMap((row) => {
    const [there, here] = [row[base], row[cluster]];
    return typeof there === "number" && typeof here === "number" && there > 0 ? [here / there] : [];
  });
  if (ratios.length < PAIRS_LEAST) return false;
  const error = errorOf(ratios);
  return error <= ERROR_MOST || (error <= ALIKE.errorMost && scatterOf(estimate) <= ALIKE.cv);
}

const scatterOf = (estimate: Estimate): number => modelOf(runtimesOf(estimate), [])?.cv ?? Infinity;

function errorOf(ratios: readonly number[]): number {
  const n = ratios.length;
  const mean = ratios.reduce((sum, ratio) => sum + ratio, 0) / n;
  const variance = ratios.reduce((sum, ratio) => sum + (ratio - mean) ** 2, 0) / (n - 1);
  return spreadAtMost(Math.sqrt(variance) / mean, n) / Math.sqrt(n);
}
