/** Bags that are made to be hard, beside the published ones. Runtimes in seconds. */
import { drawSeconds } from "@stint/master/simulate/draw-distribution.js";
import { drawnBag, drawnFrom, type DrawBag } from "@stint/master/simulate/published-bags.js";
import type { Runtimes } from "@stint/master/simulate/runtimes.js";

/** Short ones and long ones, and nothing between. */
export const twoModesBag = drawnBag("two-modes", (stream) =>
  stream.uniform() < 0.7
    ? drawSeconds({ kind: "normal", mean: 300, deviation: 45 }, stream)
    : drawSeconds({ kind: "normal", mean: 1500, deviation: 150 }, stream),
);

export const lognormalBag = drawnBag("lognormal", drawnFrom({ kind: "lognormal", mean: 600, cv: 1.5 }));

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
