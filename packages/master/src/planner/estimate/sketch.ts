/** A histogram with logarithmic bins whose size does not grow with what it has seen. */
import type { Bin, ClusterRuntimes } from "./runtimes.js";

/** Bins at most; each is this much wider than the one before, so they reach from a millisecond to days. */
const BINS = 512;
const RATIO = 1.04;
const LEAST = 0.001;

interface MutableBin {
  ended: number;
  endedSum: number;
  censored: number;
  censoredSum: number;
}

export interface Sketch {
  ended: number;
  sum: number;
  squares: number;
  readonly bins: Map<number, MutableBin>;
}

export const newSketch = (): Sketch => ({ ended: 0, sum: 0, squares: 0, bins: new Map() });

const binOf = (seconds: number): number =>
  Math.min(BINS - 1, Math.max(0, Math.ceil(Math.log(Math.max(seconds, LEAST) / LEAST) / Math.log(RATIO))));

function bin(sketch: Sketch, seconds: number): MutableBin {
  const index = binOf(seconds);
  const known = sketch.bins.get(index);
  if (known !== undefined) return known;
  const made = { ended: 0, endedSum: 0, censored: 0, censoredSum: 0 };
  sketch.bins.set(index, made);
  return made;
}

export function addEnded(sketch: Sketch, seconds: number, times = 1): void {
  const into = bin(sketch, seconds);
  into.ended += times;
  into.endedSum += times * seconds;
  sketch.ended += times;
  sketch.sum += times * seconds;
  sketch.squares += times * seconds * seconds;
}

/** It lasted at least so long. */
export function addCensored(sketch: Sketch, seconds: number): void {
  const into = bin(sketch, seconds);
  into.censored += 1;
  into.censoredSum += seconds;
}

/** Sums over what ended of the logarithms, to the width of a bin. O(bins). */
export function logMoments({ bins }: Sketch): { readonly sum: number; readonly squares: number } {
  let [sum, squares] = [0, 0];
  for (const { ended, endedSum } of bins.values()) {
    if (ended === 0) continue;
    const log = Math.log(Math.max(endedSum / ended, LEAST));
    sum += ended * log;
    squares += ended * log * log;
  }
  return { sum, squares };
}

/** Without some results that it has. */
export function withoutEnded(sketch: Sketch, results: readonly number[]): Sketch {
  const less: Sketch = {
    ...sketch,
    bins: new Map([...sketch.bins].map(([index, each]) => [index, { ...each }])),
  };
  for (const seconds of results) addEnded(less, seconds, -1);
  return less;
}

/** The same, each so many times as long. */
export function scaled(sketch: Sketch, factor: number): Sketch {
  const made = newSketch();
  for (const { ended, endedSum, censored, censoredSum } of sketch.bins.values()) {
    if (ended > 0) {
      const into = bin(made, (factor * endedSum) / ended);
      into.ended += ended;
      into.endedSum += factor * endedSum;
    }
    if (censored > 0) {
      const into = bin(made, (factor * censoredSum) / censored);
      into.censored += censored;
      into.censoredSum += factor * censoredSum;
    }
  }
  made.ended = sketch.ended;
  made.sum = factor * sketch.sum;
  made.squares = factor * factor * sketch.squares;
  return made;
}

/** A copy that shares nothing with the sketch. */
export const runtimesOfSketch = (sketch: Sketch): ClusterRuntimes => ({
  ended: sketch.ended,
  sum: sketch.sum,
  squares: sketch.squares,
  bins: [...sketch.bins].map(([index, each]): Bin => ({ index, ...each })).sort((a, b) => a.index - b.index),
});
