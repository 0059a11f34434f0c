/**
 * The runtime model: which cluster is the base, how the others relate to it, and one pooled distribution on the
 * base's scale, running tasks included as "at least so long".
 */
import type { ClusterIndex } from "../vocabulary/configuration.js";
import { distributionOf, type Distribution, type Weighted } from "./distribution.js";
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
  const links = runtimes.clusters.map((_, cluster) =>
    cluster === baseCluster ? SAME : linkTo(runtimes, baseCluster, cluster),
  );
  const base = distributionOf([...pooled(runtimes, links), ...censored(running, links, runtimes)]);
  const cv = base.mean > 0 ? base.sd / base.mean : 0;
  // One observation says nothing of the spread: taken as wide.
  const spread = base.count > 1 ? cv : 1;
  const baseError = spread / Math.sqrt(base.count);
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

/** The cluster with most completed attempts; the first of equals. */
function baseOf(runtimes: Runtimes): ClusterIndex | undefined {
  let best: ClusterIndex | undefined;
  runtimes.clusters.forEach(({ ended }, index) => {
    if (ended > 0 && (best === undefined || ended > (runtimes.clusters[best]?.ended ?? 0))) best = index;
  });
  return best;
}

function linkTo(runtimes: Runtimes, base: ClusterIndex, cluster: ClusterIndex): Link {
  const rows = runtimes.pairs.filter(
    (row) => typeof row[base] === "number" && typeof row[cluster] === "number",
  );
  const xs = rows.map((row) => row[base] as number);
  const ys = rows.map((row) => row[cluster] as number);
  const baseMean = unpairedMean(runtimes, base, xs);
  const hereMean = unpairedMean(runtimes, cluster, ys);
  return linkOf(
    xs,
    ys,
    baseMean === undefined || hereMean === undefined ? undefined : { base: baseMean, here: hereMean },
  );
}

/** Mean of a cluster's runtimes other than these. */
function unpairedMean(
  runtimes: Runtimes,
  cluster: ClusterIndex,
  paired: readonly number[],
): Mean | undefined {
  const { ended, sum, squares } = runtimes.clusters[cluster] as ClusterRuntimes;
  const n = ended - paired.length;
  if (n < 1) return undefined;
  const rest = sum - paired.reduce((total, each) => total + each, 0);
  const mean = rest / n;
  const second = (squares - paired.reduce((total, each) => total + each * each, 0)) / n;
  const cv = n < 2 || mean <= 0 ? 1 : Math.sqrt(Math.max(0, (second / (mean * mean) - 1) * (n / (n - 1))));
  return { mean, error: cv / Math.sqrt(n) };
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

/**
 * Running tasks, once half of what was started has ended: before that Kaplan and Meier's estimate of a narrow
 * distribution is far too long, since nearly nothing has had the time to end.
 */
function censored(running: readonly Running[], links: readonly Link[], runtimes: Runtimes): Weighted[] {
  const ended = runtimes.clusters.reduce((sum, cluster) => sum + cluster.ended, 0);
  if (running.length > ended) return [];
  return running.flatMap(({ cluster, elapsed }) => {
    const link = links[cluster];
    if (link === undefined || link.kind === "unknown" || elapsed <= 0) return [];
    return [{ seconds: toBase(link, elapsed), ended: 0, censored: 1 }];
  });
}
