/**
 * What does BaTS make of its sample? A line through the pairs from a base cluster to each other one, and the sampled
 * runtimes, all on the base cluster's scale.
 */
import type { TaskIndex } from "@stint/shared/ids.js";
import type { ClusterIndex } from "../../../planner/vocabulary/configuration.js";

/** y = offset + slope x, from the base cluster's minutes to another's. */
export interface Link {
  readonly offset: number;
  readonly slope: number;
}

/** What is known when execution begins. */
export interface Learned {
  /** Minutes on the base cluster, one for each sampled task. */
  readonly base: readonly number[];
  /** Absent for a cluster on which nothing ran. */
  readonly links: readonly (Link | undefined)[];
}

/** Minutes of each sampled task on each cluster on which it was done. */
export type Sampled = ReadonlyMap<TaskIndex, ReadonlyMap<ClusterIndex, number>>;

const SAME: Link = { offset: 0, slope: 1 };

export const onCluster = ({ offset, slope }: Link, base: number): number => offset + slope * base;
export const onBase = ({ offset, slope }: Link, minutes: number): number => (minutes - offset) / slope;

export function learn(sampled: Sampled, clusters: number): Learned | undefined {
  const base = firstSeen(sampled, clusters);
  if (base === undefined) return undefined;
  const links = Array.from({ length: clusters }, (_, index) =>
    index === base ? SAME : linkOf(sampled, base, index),
  );
  return { base: [...sampled.values()].flatMap((seen) => baseValue(seen, links, base)), links };
}

/** The base is fixed by order; one on which nothing ran cannot be it. */
const firstSeen = (sampled: Sampled, clusters: number): ClusterIndex | undefined =>
  Array.from({ length: clusters }, (_, index) => index).find((index) =>
    [...sampled.values()].some((seen) => seen.has(index)),
  );

/** As measured on the base cluster, or else mapped to it. */
function baseValue(
  seen: ReadonlyMap<ClusterIndex, number>,
  links: readonly (Link | undefined)[],
  base: ClusterIndex,
): number[] {
  const measured = seen.get(base);
  if (measured !== undefined) return [measured];
  const mapped = [...seen].flatMap(([index, minutes]) => {
    const link = links[index];
    return link === undefined ? [] : [onBase(link, minutes)];
  });
  return mapped.slice(0, 1);
}

function linkOf(sampled: Sampled, base: ClusterIndex, index: ClusterIndex): Link | undefined {
  const pairs = [...sampled.values()].flatMap((seen) => {
    const [x, y] = [seen.get(base), seen.get(index)];
    return x === undefined || y === undefined ? [] : [{ x, y }];
  });
  const line = leastSquares(pairs);
  if (line !== undefined && line.slope !== 0) return line;
  // No line can be drawn: the ratio of the means is what is left.
  const here = [...sampled.values()].flatMap((seen) => seen.get(index) ?? []);
  const there = [...sampled.values()].flatMap((seen) => seen.get(base) ?? []);
  return here.length === 0 ? undefined : { offset: 0, slope: meanOf(here) / meanOf(there) };
}

/** Absent where no line is determined: fewer than two different x. */
export function leastSquares(pairs: readonly { readonly x: number; readonly y: number }[]): Link | undefined {
  const meanX = meanOf(pairs.map(({ x }) => x));
  const meanY = meanOf(pairs.map(({ y }) => y));
  let [xx, xy] = [0, 0];
  for (const { x, y } of pairs) {
    xx += (x - meanX) ** 2;
    xy += (x - meanX) * (y - meanY);
  }
  if (!(xx > 1e-12 * meanX ** 2)) return undefined;
  const slope = xy / xx;
  return { offset: meanY - slope * meanX, slope };
}

export const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
