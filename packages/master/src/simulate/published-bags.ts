/** Bags as the literature on budgets and bags of tasks describes them. Runtimes in seconds. */
import { randomStream, type RandomStream } from "../planner/stats/draws.js";
import type { Distribution } from "./distribution.js";
import { drawSeconds } from "./draw-distribution.js";
import type { Runtimes } from "./runtimes.js";

export type DrawBag = (seed: number) => Runtimes;
type DrawOne = (stream: RandomStream) => number;

export const drawnBag =
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

export const drawnFrom =
  (distribution: Distribution): DrawOne =>
  (stream) =>
    drawSeconds(distribution, stream);

export const normalBag = drawnBag("normal", drawnFrom({ kind: "normal", mean: 900, deviation: 136.2 }));

/** Cut at 45 minutes, and scaled to that. */
export const LEVY: Distribution = { kind: "levy", scale: 2 * 0.366 ** 2 * 2700, most: 2700 };
export const levyBag = drawnBag("levy", drawnFrom(LEVY));

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

export const mixtureBag = drawnBag("mixture", drawMixture);
