/** Bags as the literature on budgets and bags of tasks describes them, and a few made to be hard. Runtimes in seconds. */
import { drawSeconds } from "@stint/master/simulate/draw-distribution.js";
import type { Distribution } from "@stint/master/simulate/distribution.js";
import type { Runtimes } from "@stint/master/simulate/runtimes.js";
import { randomStream, type RandomStream } from "@stint/master/planner/stats/draws.js";

export type DrawBag = (seed: number) => Runtimes;
type DrawOne = (stream: RandomStream) => number;

const drawn =
  (name: string, draw: DrawOne) =>
  (tasks: number): DrawBag =>
  (seed) => {
    const stream = randomStream(seed, `bag:${name}`);
    return bagOf(Float64Array.from({ length: tasks }, () => draw(stream)));
  };

export const bagOf = (base: Float64Array): Runtimes => ({
  kind: "recorded",
  ids: Array.from(base, (_, index) => String(index + 1)),
  seconds: { kind: "base", base },
});

const from =
  (distribution: Distribution): DrawOne =>
  (stream) =>
    drawSeconds(distribution, stream);

export const normalBag = drawn("normal", from({ kind: "normal", mean: 900, deviation: 136.2 }));

/** Cut at 45 minutes, and scaled to that. */
export const LEVY: Distribution = { kind: "levy", scale: 2 * 0.366 ** 2 * 2700, most: 2700 };
export const levyBag = drawn("levy", from(LEVY));

/** Short ones and long ones, and nothing between. */
export const twoModesBag = drawn("two-modes", (stream) =>
  stream.uniform() < 0.7
    ? drawSeconds({ kind: "normal", mean: 300, deviation: 45 }, stream)
    : drawSeconds({ kind: "normal", mean: 1500, deviation: 150 }, stream),
);

export const lognormalBag = drawn("lognormal", from({ kind: "lognormal", mean: 600, cv: 1.5 }));

/** Five parts, each with its share; the first and third are Cauchy and cut. */
const PARTS = [
  { share: 0.2741, kind: "cauchy", middle: 48, width: 15, least: 19, most: 106 },
  { share: 0.2223, kind: "uniform", least: 106, most: 607 },
  { share: 0.4528, kind: "cauchy", middle: 689, width: 16, least: 607, most: 771 },
  { share: 0.0264, kind: "uniform", least: 771, most: 892 },
  { share: 0.0244, kind: "uniform", least: 1649, most: 2553 },
] as const;

/** One runtime of the mixture, in seconds. */
export function drawMixture(stream: RandomStream): number {
  let at = stream.uniform();
  const part = PARTS.find(({ share }) => (at -= share) < 0) ?? PARTS[2];
  if (part.kind === "uniform") return part.least + (part.most - part.least) * stream.uniform();
  for (;;) {
    const value = part.middle + part.width * Math.tan(Math.PI * (stream.uniform() - 0.5));
    if (value >= part.least && value <= part.most) return value;
  }
}

export const mixtureBag = drawn("mixture", drawMixture);

/** Of each task so many seconds take as long on the second cluster as on the first: start-up, downloads. */
export const withOffset =
  (bag: DrawBag, offset: number, speed: number): DrawBag =>
  (seed) => {
    const { ids, base } = baseOf(bag(seed));
    const there = base.map((value) => offset + value / speed);
    const here = base.map((value) => offset + value);
    return { kind: "recorded", ids, seconds: { kind: "by-cluster", clusters: [here, there] } };
  };

export function baseOf(runtimes: Runtimes): { readonly ids: readonly string[]; readonly base: Float64Array } {
  if (runtimes.kind !== "recorded" || runtimes.seconds.kind !== "base")
    throw new TypeError("this bag has no base runtimes");
  return { ids: runtimes.ids, base: runtimes.seconds.base };
}
