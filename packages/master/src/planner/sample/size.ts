/** How many tasks to sample, and how many of them on every cluster. */

/** Two-sided 95 % of a normal error. */
const Z = 1.96;
/** The error that the finite-population formula is asked for, in standard deviations. */
const D = 0.25;
/** Tasks that BaTS runs on every cluster; fewer in small bags, never fewer than three. */
const PAIRS = 7;
export const PAIRS_LEAST = 3;
/** Pairs cost their duplicates: no more than this share of the bag. */
export const PAIRS_SHARE = 0.02;

export interface SampleShape {
  readonly size: number;
  readonly pairs: number;
}

/** n = ceil(N z² / (z² + 2 (N - 1) d²)): 30 for a bag of 1,000, never more than 31. */
export const sampleSize = (tasks: number): number =>
  Math.ceil((tasks * Z * Z) / (Z * Z + 2 * (tasks - 1) * D * D));

/**
 * What to sample from a bag on so many clusters; nothing when the bag is so small that three pairs on each
 * would be more than half of it.
 */
export function sampleShape(tasks: number, clusters: number): SampleShape | undefined {
  const share = clusters > 1 ? Math.floor((PAIRS_SHARE * tasks) / (clusters - 1)) : PAIRS;
  const pairs = Math.max(PAIRS_LEAST, Math.min(PAIRS, share));
  if (pairs * clusters > tasks / 2) return undefined;
  return { size: Math.max(pairs, Math.min(sampleSize(tasks), Math.floor(tasks / 2))), pairs };
}
