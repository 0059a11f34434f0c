/**
 * How a runtime on the base cluster becomes one on another: a line through the pairs where they really lie on
 * one, else a ratio. A bad line does its damage in its inverse, so it is guarded.
 */

export interface Link {
  readonly kind: "same" | "ratio" | "line" | "unknown";
  readonly slope: number;
  /** Seconds that do not scale: start-up, downloads. */
  readonly offset: number;
  /** Relative standard error of a predicted mean. */
  readonly error: number;
}

export const SAME: Link = { kind: "same", slope: 1, offset: 0, error: 0 };

/** Nothing is known: as fast as the base, give or take as much again. */
export const UNKNOWN: Link = { kind: "unknown", slope: 1, offset: 0, error: 1 };

export const fromBase = (link: Link, seconds: number): number =>
  Math.max(0, link.offset + link.slope * seconds);
export const toBase = (link: Link, seconds: number): number =>
  Math.max(0, (seconds - link.offset) / link.slope);

/** A mean with its relative standard error. */
export interface Mean {
  readonly mean: number;
  readonly error: number;
}

/** The slope's relative standard error above which no line is believed. */
const SLOPE_ERROR_MOST = 0.3;
/** Standard errors by which an offset must differ from nothing. */
const OFFSET_ERRORS_LEAST = 2;
/** A line needs more points than it has coefficients, by some. */
const LINE_POINTS_LEAST = 4;

/**
 * @param xs runtimes on the base, in seconds @param ys the same tasks' on the other cluster
 * @param unpaired means of all other tasks, on the base and there; undefined where there are none
 */
export function linkOf(
  xs: readonly number[],
  ys: readonly number[],
  unpaired: { readonly base: Mean; readonly here: Mean } | undefined,
): Link {
  const line = lineOf(xs, ys);
  if (line !== undefined) return line;
  const candidates = [
    ratioOfPairs(xs, ys),
    unpaired === undefined ? undefined : ratioOfMeans(unpaired.base, unpaired.here),
  ];
  const known = candidates.filter((each): each is Mean => each !== undefined);
  if (known.length === 0) return UNKNOWN;
  return { kind: "ratio", offset: 0, ...combined(known) };
}

/** Ordinary least squares, only where slope and offset both mean something. */
function lineOf(xs: readonly number[], ys: readonly number[]): Link | undefined {
  const n = xs.length;
  if (n < LINE_POINTS_LEAST) return undefined;
  const meanX = average(xs);
  const meanY = average(ys);
  let sxx = 0;
  let sxy = 0;
  xs.forEach((x, index) => {
    sxx += (x - meanX) ** 2;
    sxy += (x - meanX) * ((ys[index] ?? 0) - meanY);
  });
  if (sxx <= 0 || sxy <= 0) return undefined;
  const slope = sxy / sxx;
  const offset = meanY - slope * meanX;
  const residual =
    xs.reduce((sum, x, index) => sum + ((ys[index] ?? 0) - offset - slope * x) ** 2, 0) / (n - 2);
  const slopeError = Math.sqrt(residual / sxx);
  const offsetError = Math.sqrt(residual * (1 / n + meanX ** 2 / sxx));
  const believed =
    slopeError <= SLOPE_ERROR_MOST * slope &&
    Math.abs(offset) > OFFSET_ERRORS_LEAST * offsetError &&
    offset > 0;
  return believed ? { kind: "line", slope, offset, error: Math.sqrt(residual / n) / meanY } : undefined;
}

/** Ratio of sums; its error from what the ratio leaves unexplained. */
function ratioOfPairs(xs: readonly number[], ys: readonly number[]): Mean | undefined {
  const n = xs.length;
  const sumX = xs.reduce((sum, x) => sum + x, 0);
  const sumY = ys.reduce((sum, y) => sum + y, 0);
  if (n === 0 || sumX <= 0 || sumY <= 0) return undefined;
  const ratio = sumY / sumX;
  const spread = xs.reduce((sum, x, index) => sum + ((ys[index] ?? 0) - ratio * x) ** 2, 0);
  const error = n < 2 ? 0.5 : Math.sqrt(spread / (n - 1) / n) / (sumY / n);
  return { mean: ratio, error: Math.max(error, ERROR_LEAST) };
}

const ratioOfMeans = (base: Mean, here: Mean): Mean | undefined =>
  base.mean <= 0 || here.mean <= 0
    ? undefined
    : { mean: here.mean / base.mean, error: Math.max(Math.hypot(base.error, here.error), ERROR_LEAST) };

/** No ratio is known better than to a thousandth. */
const ERROR_LEAST = 0.001;

/** Inverse-variance mean of ratios. */
function combined(ratios: readonly Mean[]): { readonly slope: number; readonly error: number } {
  const weights = ratios.map(({ error }) => 1 / (error * error));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const slope = ratios.reduce((sum, { mean }, index) => sum + mean * (weights[index] ?? 0), 0) / total;
  return { slope, error: Math.sqrt(1 / total) };
}

const average = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
