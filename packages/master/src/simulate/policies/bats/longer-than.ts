/** E(T | T > e): how long does a task take in all that has run for so long? The mean of the known runtimes above. */

export interface LongerThan {
  /** `elapsed` itself when no known runtime is longer. */
  meanAbove(elapsed: number): number;
  add(minutes: number): void;
}

export function longerThan(known: readonly number[]): LongerThan {
  const sorted = Float64Array.from(known).sort();
  let values: Float64Array = sorted;
  let fresh: number[] = [];
  let sums = sumsFromEnd(values);
  const settle = (): void => {
    if (fresh.length === 0) return;
    values = Float64Array.from([...values, ...fresh]).sort();
    fresh = [];
    sums = sumsFromEnd(values);
  };
  return {
    meanAbove(elapsed) {
      settle();
      const first = firstAbove(values, elapsed);
      const count = values.length - first;
      return count === 0 ? elapsed : (sums[first] ?? 0) / count;
    },
    add: (minutes) => void fresh.push(minutes),
  };
}

/** What each value and all after it add up to. */
function sumsFromEnd(values: Float64Array): Float64Array {
  const sums = new Float64Array(values.length + 1);
  for (let index = values.length - 1; index >= 0; index -= 1)
    sums[index] = (sums[index + 1] ?? 0) + (values[index] ?? 0);
  return sums;
}

function firstAbove(sorted: Float64Array, limit: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) > limit) high = middle;
    else low = middle + 1;
  }
  return low;
}
