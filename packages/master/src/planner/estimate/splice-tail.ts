/**
 * What lies beyond the few largest observations. Thirty tasks do not show a tail: above their upper fifth the empirical
 * distribution is replaced by a generalised Pareto law with the same mean excess (Pickands, 1975), its shape drawn
 * towards a moderate one as long as little has been seen.
 */

/** Probability from which on the law takes over. */
const UPPER = 0.2;
/** Excesses that are needed to say anything of them. */
const EXCESSES_LEAST = 3;
/** With so many the largest observations speak for themselves. */
const EXCESSES_MOST = 200;
/** What is believed of a shape before anything is seen of it, for as much as so many excesses count. */
const SHAPE_BEFORE = 0.2;
const SHAPE_WEIGHT = 10;
const SHAPE_LEAST = -0.4;
const SHAPE_MOST = 0.5;
/** Points of the law: each stands for this share of what lies beyond the one before it. */
const STEP = 0.25;
const POINTS = 48;

export interface Points {
  readonly points: readonly number[];
  readonly mass: readonly number[];
}

/**
 * @param seen points in rising order with their probabilities, which add up to at most 1
 * @param count observations that ended, of which the probabilities were made
 */
export function spliceTail(seen: Points, count: number): Points {
  const from = firstOfTail(seen);
  const threshold = seen.points[from - 1];
  if (threshold === undefined) return seen;
  const tail = seen.mass.slice(from).reduce((sum, mass) => sum + mass, 0);
  const excesses = Math.round(tail * count);
  if (excesses < EXCESSES_LEAST || excesses > EXCESSES_MOST) return seen;
  const { mean, variance } = momentsOf(seen, from, { threshold, tail });
  if (mean <= 0) return seen;
  const shape = shapeOf(mean, variance, excesses);
  const law = pointsOf(shape, mean * (1 - shape), tail);
  return {
    points: [...seen.points.slice(0, from), ...law.points.map((excess) => threshold + excess)],
    mass: [...seen.mass.slice(0, from), ...law.mass],
  };
}

/** The first point with no more than the upper share of the probability from it on. */
function firstOfTail({ points, mass }: Points): number {
  let beyond = 0;
  for (let index = points.length - 1; index >= 0; index -= 1) {
    beyond += mass[index] ?? 0;
    if (beyond > UPPER) return index + 1;
  }
  return 0;
}

interface Tail {
  readonly threshold: number;
  readonly tail: number;
}

function momentsOf(
  { points, mass }: Points,
  from: number,
  { threshold, tail }: Tail,
): { readonly mean: number; readonly variance: number } {
  let sum = 0;
  let squares = 0;
  for (let index = from; index < points.length; index += 1) {
    const excess = (points[index] ?? 0) - threshold;
    const share = (mass[index] ?? 0) / tail;
    sum += share * excess;
    squares += share * excess * excess;
  }
  return { mean: sum, variance: Math.max(0, squares - sum * sum) };
}

/** By moments: (1 - mean² / variance) / 2, clipped, and drawn towards what is believed without them. */
function shapeOf(mean: number, variance: number, excesses: number): number {
  const seen = variance <= 0 ? SHAPE_LEAST : (1 - (mean * mean) / variance) / 2;
  const clipped = Math.min(SHAPE_MOST, Math.max(SHAPE_LEAST, seen));
  const weight = excesses / (excesses + SHAPE_WEIGHT);
  return weight * clipped + (1 - weight) * SHAPE_BEFORE;
}

/** The law as points, each the mean of its slice, so that the whole has the law's mean; ever finer slices outwards. */
function pointsOf(shape: number, scale: number, tail: number): Points {
  const points: number[] = [];
  const mass: number[] = [];
  let left = 1;
  for (let step = 0; step < POINTS; step += 1) {
    const next = step === POINTS - 1 ? 0 : left * (1 - STEP);
    points.push(meanBetween(shape, scale, left, next));
    mass.push(tail * (left - next));
    left = next;
  }
  return { points, mass };
}

/** Mean excess between two survival probabilities, `high` > `low`. */
function meanBetween(shape: number, scale: number, high: number, low: number): number {
  const integral = (survival: number): number => {
    if (survival === 0) return 0;
    if (Math.abs(shape) < 1e-9) return scale * survival * (1 - Math.log(survival));
    return (scale / shape) * (survival ** (1 - shape) / (1 - shape) - survival);
  };
  return (integral(high) - integral(low)) / (high - low);
}
