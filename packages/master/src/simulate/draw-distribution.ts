/** One value of a distribution, in seconds: not negative, whatever the distribution says. */
import { unreachable } from "@stint/shared/invariant.js";
import type { RandomStream } from "../planner/stats/draws.js";
import type { Distribution } from "./distribution.js";

export const drawSeconds = (distribution: Distribution, stream: RandomStream): number =>
  Math.max(0, draw(distribution, stream));

function draw(distribution: Distribution, stream: RandomStream): number {
  switch (distribution.kind) {
    case "constant":
      return distribution.value;
    case "normal":
      return distribution.mean + distribution.deviation * drawNormal(stream);
    case "lognormal":
      return distribution.mean * drawFactor(Math.sqrt(Math.log1p(distribution.cv ** 2)), stream);
    case "levy":
      return drawLevy(distribution.scale, distribution.most, stream);
    case "uniform":
      return distribution.least + (distribution.most - distribution.least) * stream.uniform();
    case "values":
      return distribution.values[stream.below(distribution.values.length)] ?? 0;
    default:
      return unreachable(distribution);
  }
}

/** Standard normal, by Box and Muller (1958). */
export function drawNormal(stream: RandomStream): number {
  const radius = Math.sqrt(-2 * Math.log(1 - stream.uniform()));
  return radius * Math.cos(2 * Math.PI * stream.uniform());
}

/** A lognormal factor of mean 1 whose logarithm has this standard deviation. */
export const drawFactor = (deviation: number, stream: RandomStream): number =>
  deviation === 0 ? 1 : Math.exp(deviation * drawNormal(stream) - deviation ** 2 / 2);

/** Draws that may lie beyond `most` in a row; a tail that is cut further out than that is no tail. */
const REDRAWS_MOST = 10_000;

function drawLevy(scale: number, most: number, stream: RandomStream): number {
  for (let redraw = 0; redraw < REDRAWS_MOST; redraw += 1) {
    const drawn = scale / drawNormal(stream) ** 2;
    if (drawn <= most) return drawn;
  }
  return most;
}
