/**
 * Chance as a value: a stream of draws that a seed and a purpose determine. Streams of different purposes do
 * not touch each other, so a new draw somewhere shifts nothing elsewhere.
 */
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

export interface RandomStream {
  /** Uniform on [0, 1). */
  uniform(): number;
  /** A whole number from 0 to `bound` - 1. */
  below(bound: number): number;
}

/** @param purpose what is drawn, as `order` or `speed:small:17` */
export function randomStream(seed: number, purpose: string): RandomStream {
  const generator = xoroshiro128plus(hashOf(seed, purpose));
  return {
    uniform: () => uniformFloat64(generator),
    below: (bound) => uniformInt(generator, 0, bound - 1),
  };
}

/** FNV-1a over the text, stirred with the seed by the finaliser of MurmurHash3; a signed 32-bit number. */
export function hashOf(seed: number, purpose: string): number {
  let hash = 0x811c9dc5 ^ seed;
  for (let index = 0; index < purpose.length; index += 1) {
    hash = Math.imul(hash ^ purpose.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
