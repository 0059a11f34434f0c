/** How many machines of each cluster: one count a cluster, in the order of the settings. */
import type { Cluster } from "@stint/shared/cluster.js";
import type { Duration } from "@stint/shared/units.js";

/** The place of a cluster in the settings, from 0. */
export type ClusterIndex = number;
/** Machines of each cluster, in the order of the settings. */
export type Configuration = readonly number[];

/** From then on so many machines of each cluster are wanted; the others leave when their time is no longer owed. */
export interface Later {
  /** From the instant of the forecast. */
  readonly after: Duration;
  readonly configuration: Configuration;
}

export const sameConfiguration = (a: Configuration, b: Configuration): boolean =>
  a.length === b.length && a.every((count, index) => count === b[index]);

export const machineCount = (configuration: Configuration): number =>
  configuration.reduce((sum, count) => sum + count, 0);

/** `{ small: 2, large: 0 }`, as documents and screens show it. */
export const byName = (configuration: Configuration, clusters: readonly Cluster[]): Record<string, number> =>
  Object.fromEntries(clusters.map((cluster, index) => [cluster.name, configuration[index] ?? 0]));
