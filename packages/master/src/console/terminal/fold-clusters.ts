/**
 * Which clusters get a line of their own when there are many? Those where something goes on; the others are
 * added up in one line, so that the screen keeps its size.
 */
import { add, NO_MONEY } from "@stint/shared/units.js";
import type { ClusterView } from "../../planner/view.js";

/** Lines of the live screen that are not clusters, the longest notes included. */
const OTHER_LINES = 14;
const LINES = { least: 2, most: 12 } as const;

/** Lines for clusters on a terminal of so many rows. */
export const clusterLinesFor = (rows: number): number =>
  Math.min(LINES.most, Math.max(LINES.least, rows - OTHER_LINES));

export interface FoldedClusters {
  /** In the order of the configuration. */
  readonly shown: readonly ClusterView[];
  /** Added up; absent when every cluster is shown. */
  readonly folded?: ClusterSum;
}

export type ClusterSum = Omit<ClusterView, "name" | "mean" | "priceUsdPerHour"> & {
  readonly clusters: number;
};

/** At most `linesMost` lines, the folded one included. */
export function foldClusters(clusters: readonly ClusterView[], linesMost: number): FoldedClusters {
  if (clusters.length <= linesMost) return { shown: clusters };
  const active = clusters.filter(isActive);
  const busiest = [...active].sort((a, b) => b.slots - a.slots || b.machines - a.machines);
  const kept = new Set(busiest.slice(0, Math.max(0, linesMost - 1)));
  return {
    shown: clusters.filter((cluster) => kept.has(cluster)),
    folded: sumOf(clusters.filter((cluster) => !kept.has(cluster))),
  };
}

const isActive = (cluster: ClusterView): boolean => cluster.machines + cluster.booting + cluster.wanted > 0;

function sumOf(clusters: readonly ClusterView[]): ClusterSum {
  const total = (of: (cluster: ClusterView) => number): number =>
    clusters.reduce((sum, cluster) => sum + of(cluster), 0);
  return {
    clusters: clusters.length,
    machines: total((cluster) => cluster.machines),
    booting: total((cluster) => cluster.booting),
    wanted: total((cluster) => cluster.wanted),
    most: total((cluster) => cluster.most),
    busySlots: total((cluster) => cluster.busySlots),
    slots: total((cluster) => cluster.slots),
    done: total((cluster) => cluster.done),
    spent: clusters.reduce((sum, cluster) => add(sum, cluster.spent), NO_MONEY),
  };
}
