/**
 * Room for what has not been seen. Of n tasks the next one is longer than all of them with probability 1 / (n + 1)
 * (Hill's A(n), 1968; with censored ones Coolen and Yan, 2004): so much mass lies beyond the largest, that included
 * which a law for the tail puts there already. By how much longer the same law tells; where there is none nobody can
 * know, and where tasks differ much it is taken to be much.
 */
import type { Points } from "./splice-tail.js";

/** Without a law, what is longer than all is longer by so many standard deviations, on average. */
const EXCESS = 1.5;

export const excessWithoutLaw = (sd: number): number => EXCESS * sd;
/** Survival probabilities between which the exponential excess is cut, each slice one point: its mean. */
const SLICES = [1, 0.5, 0.2, 0.05, 0] as const;

/** Deaths in rising order of time, with how many were at risk then. */
export interface Step {
  readonly ended: number;
  readonly atRisk: number;
}

/**
 * The mass beyond all that has ended, with one more task at risk that outlives them, less what the curve itself leaves
 * there.
 * @param resultsATask how many results tell of one task, on average
 */
export function massBeyond(steps: readonly Step[], unseen: number, resultsATask = 1): number {
  let alive = 1;
  for (const { ended, atRisk } of steps) alive *= 1 - ended / (atRisk + resultsATask);
  return Math.max(0, alive - unseen);
}

export interface Room {
  /** The mass that gets it. */
  readonly beyond: number;
  /** The largest that has been seen, ended or not, and by how much longer than it is what is longer, on average. */
  readonly largest: number;
  readonly excess: number;
}

/** What has been seen, with that mass taken from all of it alike and put beyond the largest. */
export function withBeyond({ points, mass }: Points, { beyond, largest, excess }: Room): Points {
  const more = SLICES.slice(1).map((low, index) => {
    const high = SLICES[index] ?? 1;
    return { point: largest + excess * excessBetween(high, low), mass: beyond * (high - low) };
  });
  return sorted([
    ...points.map((point, index) => ({ point, mass: (mass[index] ?? 0) * (1 - beyond) })),
    ...more,
  ]);
}

/** By how much the mean may be off for all that lies beyond: the mass is as uncertain as it is large, and so is the excess. */
export const errorBeyond = (beyond: number, excess: number): number => Math.SQRT2 * beyond * excess;

/** Mean of a standard exponential between two survival probabilities. */
function excessBetween(high: number, low: number): number {
  const integral = (s: number): number => (s === 0 ? 0 : s * (1 - Math.log(s)));
  return (integral(high) - integral(low)) / (high - low);
}

function sorted(all: readonly { readonly point: number; readonly mass: number }[]): Points {
  const rising = [...all].sort((a, b) => a.point - b.point);
  return { points: rising.map(({ point }) => point), mass: rising.map(({ mass }) => mass) };
}
