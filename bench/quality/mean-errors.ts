/**
 * How far is the mean runtime off that sampling has led to, and how far would it be by the plain methods: a line by
 * least squares through the pairs, or the ratio of their sums? All three see the same observations.
 */
import { inSeconds } from "@stint/shared/units.js";
import { between } from "@stint/shared/units.js";
import { runtimesOf } from "@stint/master/planner/estimate/estimate.js";
import { modelOf } from "@stint/master/planner/estimate/model.js";
import type { Runtimes } from "@stint/master/planner/estimate/runtimes.js";
import type { Run } from "@stint/master/planner/run-state.js";
import type { MeanErrors, RunFigures } from "./run-figures.js";

/** Absent where some cluster has not been seen, or nothing links it. */
export function meanErrors(run: Run, truth: readonly number[]): RunFigures["errors"] {
  const runtimes = runtimesOf(run.estimate);
  const running = [...run.attempts.active.values()].map(({ machine, orderedAt }) => ({
    cluster: run.machines.live.get(machine)?.cluster ?? 0,
    elapsed: inSeconds(between(orderedAt, run.at)),
  }));
  const model = modelOf(runtimes, running);
  if (model === undefined || runtimes.pairs.length < 2 || runtimes.clusters.length < 2) return undefined;
  const base = model.baseCluster;
  const line = meansBy(runtimes, base, lineThrough);
  const ratio = meansBy(runtimes, base, ratioOf);
  const means = model.clusters.map((known) => known?.mean);
  if (line === undefined || ratio === undefined || means.includes(undefined)) return undefined;
  const errorsOf = (estimated: readonly (number | undefined)[]): MeanErrors => {
    const errors = truth.map((mean, index) => Math.abs((estimated[index] ?? 0) - mean) / mean);
    return { base: errors[base] ?? 0, worst: Math.max(...errors) };
  };
  return { stint: errorsOf(means), line: errorsOf(line), ratio: errorsOf(ratio) };
}

interface Straight {
  readonly offset: number;
  readonly slope: number;
}
type Fit = (xs: readonly number[], ys: readonly number[]) => Straight | undefined;

/** All that has ended, brought to the base by the inverse of each cluster's line, and its mean brought back by it. */
function meansBy({ clusters, pairs }: Runtimes, base: number, fit: Fit): number[] | undefined {
  const lines = clusters.map((_, index) => {
    const rows = pairs.filter((row) => typeof row[base] === "number" && typeof row[index] === "number");
    if (index === base) return { offset: 0, slope: 1 };
    return fit(
      rows.map((row) => row[base]!),
      rows.map((row) => row[index]!),
    );
  });
  if (lines.some((line) => line === undefined || line.slope === 0)) return undefined;
  const known = lines as readonly Straight[];
  let count = 0;
  let sum = 0;
  clusters.forEach(({ ended, sum: total }, index) => {
    const { offset, slope } = known[index]!;
    count += ended;
    sum += (total - ended * offset) / slope;
  });
  return count === 0 ? undefined : known.map(({ offset, slope }) => offset + (slope * sum) / count);
}

function lineThrough(xs: readonly number[], ys: readonly number[]): Straight | undefined {
  if (xs.length < 2) return undefined;
  const meanX = average(xs);
  const meanY = average(ys);
  const sxx = xs.reduce((sum, x) => sum + (x - meanX) ** 2, 0);
  const sxy = xs.reduce((sum, x, index) => sum + (x - meanX) * (ys[index]! - meanY), 0);
  return sxx === 0 ? undefined : { slope: sxy / sxx, offset: meanY - (sxy / sxx) * meanX };
}

const ratioOf: Fit = (xs, ys) =>
  xs.length === 0 || average(xs) === 0 ? undefined : { offset: 0, slope: average(ys) / average(xs) };

const average = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
