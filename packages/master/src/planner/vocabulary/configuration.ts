/** How many machines of each cluster: one count a cluster, in the order of the settings. */
import type { Cluster } from "@stint/shared/cluster.js";

/** The place of a cluster in the settings, from 0. */
export type ClusterIndex = number;
/** Machines of each cluster, in the order of the settings. */
export type Configuration = readonly number[];

export const sameConfiguration = (a: Configuration, b: Configuration): boolean =>
  a.length === b.length && a.every((count, index) => count === b[index]);

export const machineCount = (configuration: Configuration): number =>
  configuration.reduce((sum, count) => sum + count, 0);

/** `{ small: 2, large: 0 }`, as documents and screens show it. */
export const byName = (configuration: Configuration, clusters: readonly Cluster[]): Record<string, number> =>
  Object.fromEntries(clusters.map((cluster, index) => [cluster.name, configuration[index] ?? 0]));
