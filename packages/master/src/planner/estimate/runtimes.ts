/**
 * Runtimes as they were seen, in fixed size: per cluster a sketch of at most 512 logarithmic bins (what ended,
 * and what was only seen to last at least so long), and the pairs that link clusters. A plain value that can be
 * sent to another thread.
 */

/** Runtimes in seconds: a bin keeps its count and its sum, so that means are exact. */
export interface Bin {
  readonly index: number;
  readonly ended: number;
  readonly endedSum: number;
  readonly censored: number;
  readonly censoredSum: number;
}

export interface ClusterRuntimes {
  readonly ended: number;
  /** Of ended runtimes: sum and sum of squares, in seconds. */
  readonly sum: number;
  readonly squares: number;
  readonly bins: readonly Bin[];
}

export interface Runtimes {
  readonly clusters: readonly ClusterRuntimes[];
  /** A task's runtimes in seconds on each cluster where it has ended; `null` where it has not. */
  readonly pairs: readonly (readonly (number | null)[])[];
}
