/**
 * The runtime model: which cluster is the base, how the others relate to it, and one pooled distribution on the
 * base's scale, running tasks included as "at least so long".
 */
import type { ClusterIndex } from "../vocabulary/configuration.js";
import { distributionOf, meanBeyond, survivalAt, type Distribution, type Weighted } from "./distribution.js";
import { fromBase, linkOf, SAME, toBase, type Link, type Mean } from "./link.js";
import type { ClusterRuntimes, Runtimes } from "./runtimes.js";

export interface ClusterModel {
  readonly link: Link;
  /** Mean runtime of a task there, in seconds, and its relative standard error. */
  readonly mean: number;
  readonly error: number;
}

export interface Model {
  readonly baseCluster: ClusterIndex;
  readonly base: Distribution;
  /** Relative standard error of the base mean. */
  readonly baseError: number;
  /** Coefficient of variation of one task's runtime. */
  readonly cv: number;
  /** Undefined for clusters of which nothing is known. */
  readonly clusters: readonly (ClusterModel | undefined)[];
}

/** A task that runs: where, and for how many seconds already. */
export interface Running {
  readonly cluster: ClusterIndex;
  readonly elapsed: number;
}

/** Absent while no task has ended anywhere. */
export function modelOf(runtimes: Runtimes, running: readonly Running[]): Model | undefined {
  const baseCluster = baseOf(runtimes);
  if (baseCluster === undefined) return undefined;
  const seen: Seen = {
    runtimes,
    stretches: runtimes.clusters.map(({ ended }, cluster) =>
      runtimes.clusters.length > 1 && ended > 0 ? stretchOf(runtimes, running, cluster) : undefined,
    ),
  };
  const links = runtimes.clusters.map((_, cluster) =>
    cluster === baseCluster ? SAME : linkTo(seen, baseCluster, cluster),
  );
  const ended = pooled(runtimes, links);
  const resultsATask = countedTwice(runtimes, ended);
  const all = distributionOf([...ended, ...censored(running, links)], resultsATask);
  // Where most of the mass has not been seen to end, its mean would be the guess of a tail.
  const base = all.unseen <= UNSEEN_MOST ? all : distributionOf(ended, resultsATask);
  const cv = base.mean > 0 ? base.sd / base.mean : 0;
  // One observation says nothing of the spread: taken as wide.
  const spread = base.count > 1 ? cv : 1;
  const baseError =
    base.count > 1 && base.mean > 0 ? (base.meanError / base.mean) * Math.sqrt(resultsATask) : spread;
  return {
    baseCluster,
    base,
    baseError,
    cv: spread,
    clusters: links.map((link) =>
      link.kind === "unknown"
        ? undefined
        : { link, mean: fromBase(link, base.mean), error: Math.hypot(baseError, link.error) },
    ),
  };
}

/** How many results tell of one task, on average: a mean of so many is less certain than their number says. */
function countedTwice({ pairs }: Runtimes, ended: readonly Weighted[]): number {
  const results = ended.reduce((sum, each) => sum + each.ended, 0);
  const repeated = pairs.reduce((sum, row) => {
    const ran = row.filter((each) => each !== null).length;
    return sum + ran * (ran - 1);
  }, 0);
  return 1 + repeated / Math.max(1, results);
}

/** The share of the distribution that may lie beyond all that has ended. */
const UNSEEN_MOST = 0.3;

/** The cluster with most completed attempts; the first of equals. */
function baseOf(runtimes: Runtimes): ClusterIndex | undefined {
  let best: ClusterIndex | undefined;
  runtimes.clusters.forEach(({ ended }, index) => {
    if (ended > 0 && (best === undefined || ended > (runtimes.clusters[best]?.ended ?? 0))) best = index;
  });
  return best;
}

interface Seen {
  readonly runtimes: Runtimes;
  /** Of each cluster, see {@link stretchOf}. */
  readonly stretches: readonly (number | undefined)[];
}

function linkTo(seen: Seen, base: ClusterIndex, cluster: ClusterIndex): Link {
  const rows = seen.runtimes.pairs.filter(
    (row) => typeof row[base] === "number" && typeof row[cluster] === "number",
  );
  const xs = rows.map((row) => row[base] as number);
  const ys = rows.map((row) => row[cluster] as number);
  const baseMean = unpairedMean(seen, base, xs);
  const hereMean = unpairedMean(seen, cluster, ys);
  return linkOf(
    xs,
    ys,
    baseMean === undefined || hereMean === undefined ? undefined : { base: baseMean, here: hereMean },
  );
}

/** Mean of a cluster's runtimes other than these. */
function unpairedMean(seen: Seen, cluster: ClusterIndex, paired: readonly number[]): Mean | undefined {
  const { ended, sum, squares } = seen.runtimes.clusters[cluster] as ClusterRuntimes;
  const n = ended - paired.length;
  const longer = seen.stretches[cluster];
  if (n < 1 || longer === undefined) return undefined;
  const rest = sum - paired.reduce((total, each) => total + each, 0);
  const mean = rest / n;
  const second = (squares - paired.reduce((total, each) => total + each * each, 0)) / n;
  const cv = n < 2 || mean <= 0 ? 1 : Math.sqrt(Math.max(0, (second / (mean * mean) - 1) * (n / (n - 1))));
  return { mean: mean * longer, error: cv / Math.sqrt(n) };
}

/**
 * By how much a cluster's mean is longer than that of what has ended there: while tasks run, those that have ended
 * are the short ones. Undefined when too little has.
 */
function stretchOf(
  runtimes: Runtimes,
  running: readonly Running[],
  cluster: ClusterIndex,
): number | undefined {
  const open = running.filter((task) => task.cluster === cluster && task.elapsed > 0);
  if (open.length === 0) return 1;
  const own: Runtimes = { pairs: [], clusters: [runtimes.clusters[cluster] as ClusterRuntimes] };
  const ended = pooled(own, [SAME]);
  if (ended.length === 0) return undefined;
  const runs = open.map(({ elapsed }) => ({ cluster: 0, elapsed }));
  const all = distributionOf([...ended, ...censored(runs, [SAME])]);
  const short = distributionOf(ended);
  return all.unseen <= UNSEEN_MOST && short.mean > 0 ? all.mean / short.mean : undefined;
}

function pooled(runtimes: Runtimes, links: readonly Link[]): Weighted[] {
  return runtimes.clusters.flatMap(({ bins }, cluster) => {
    const link = links[cluster];
    if (link === undefined || link.kind === "unknown") return [];
    return bins.flatMap(({ ended, endedSum, censored: open, censoredSum }): Weighted[] => [
      ...(ended > 0 ? [{ seconds: toBase(link, endedSum / ended), ended, censored: 0 }] : []),
      ...(open > 0 ? [{ seconds: toBase(link, censoredSum / open), ended: 0, censored: open }] : []),
    ]);
  });
}

/** What runs lasts at least so long (Kaplan and Meier take it out of those at risk from there on). */
const censored = (running: readonly Running[], links: readonly Link[]): Weighted[] =>
  running.flatMap(({ cluster, elapsed }) => {
    const link = links[cluster];
    if (link === undefined || link.kind === "unknown" || elapsed <= 0) return [];
    return [{ seconds: toBase(link, elapsed), ended: 0, censored: 1 }];
  });

/**
 * What is left of a life that is found half-way, in means: (1 + cv²) / 2 by renewal theory. Planned with no more than
 * a whole one: a long tail makes the average of what is left longer than a task, and yet most of them end sooner.
 */
export const halfLife = ({ cv }: Model): number => Math.min(1, (1 + cv * cv) / 2);

/**
 * Tasks that a slot still runs when it has to go, if it starts none that is not expected to end before: the mean of
 * what is longer than a task's mean, in means.
 */
export function overrun({ base }: Model): number {
  const known = overruns.get(base);
  if (known !== undefined) return known;
  const found =
    base.mean <= 0 ? 0 : survivalAt(base, base.mean) * (meanBeyond(base, base.mean) / base.mean - 1);
  overruns.set(base, found);
  return found;
}

/** Every plan of a question asks for the same one, for each of its groups and instants. */
const overruns = new WeakMap<Distribution, number>();
