/**
 * A bag whose first tasks, in the random order of the run, are shorter than nineteen of twenty samples of it: what
 * becomes of promises that were made in good faith?
 */
import type { Runtimes } from "@stint/master/simulate/runtimes.js";
import { newAttempts } from "@stint/master/planner/attempts/attempts.js";
import { randomStream, type RandomStream } from "@stint/master/planner/stats/draws.js";
import { bagOf, type DrawBag } from "@stint/master/simulate/published-bags.js";
import { baseOf } from "./made-up-bags.js";

/** Somewhat more than a sample has. */
const FIRST = 40;
const SAMPLES = 200;
/** This many of the samples are shorter. */
const SHORTER = 10;

export const unlucky =
  (bag: DrawBag): DrawBag =>
  (seed) =>
    withShortFirst(bag(seed), seed);

function withShortFirst(runtimes: Runtimes, seed: number): Runtimes {
  const { base } = baseOf(runtimes);
  const stream = randomStream(seed, "unlucky");
  const samples = Array.from({ length: SAMPLES }, () => drawFirst(base.length, stream)).sort(
    (a, b) => sumOf(base, a) - sumOf(base, b),
  );
  const first = samples[SHORTER] ?? [];
  const chosen = new Set(first);
  const rest = Array.from(base.keys()).filter((index) => !chosen.has(index));
  const order = [...first, ...rest];
  const arranged = new Float64Array(base.length);
  Array.from(newAttempts(base.length, seed).queue.order).forEach((task, place) => {
    arranged[task] = base[order[place] ?? 0] ?? 0;
  });
  return bagOf(arranged);
}

function drawFirst(tasks: number, stream: RandomStream): number[] {
  const drawn = new Set<number>();
  while (drawn.size < Math.min(FIRST, tasks)) drawn.add(stream.below(tasks));
  return [...drawn];
}

const sumOf = (base: Float64Array, indices: readonly number[]): number =>
  indices.reduce((sum, index) => sum + (base[index] ?? 0), 0);
