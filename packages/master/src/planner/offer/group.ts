/** Machines of a plan that do not differ: when each can begin, since when it is billed, how fast it is. */
import { inSeconds, NO_TIME, type Duration } from "@stint/shared/units.js";
import type { Link } from "../estimate/link.js";
import type { Model } from "../estimate/model.js";
import type { Snapshot } from "../estimate/snapshot.js";
import type { Terms } from "../money/tariff.js";
import type { ClusterIndex } from "../vocabulary/configuration.js";

export interface Group {
  readonly cluster: ClusterIndex;
  readonly machines: number;
  readonly slots: number;
  /** Of what it rents from now on, and for machines that are there, of what they have paid for. */
  readonly tariff: Terms;
  readonly link: Link;
  /** Mean runtime in seconds, and how uncertain the link is. */
  readonly mean: number;
  /** Seconds from now until a slot of it can take a waiting task. */
  readonly delay: number;
  /** Its slots fall idle one after the other until then and beyond, not all at once. */
  readonly gradual: boolean;
  /** How long ago its bill began. */
  readonly billedFor: Duration;
  /** It leaves after so many seconds, whatever is left to do. */
  readonly leavesAfter?: number;
}

/** Machines that would be rented now; undefined where nothing is known of the cluster. */
export function freshGroup(
  snapshot: Snapshot,
  model: Model,
  cluster: ClusterIndex,
  machines: number,
): Group | undefined {
  const known = model.clusters[cluster];
  const offered = snapshot.clusters[cluster];
  if (known === undefined || offered === undefined || machines <= 0) return undefined;
  return {
    cluster,
    machines,
    slots: offered.cluster.slots,
    tariff: offered.cluster.tariff,
    link: known.link,
    mean: known.mean,
    delay: inSeconds(offered.boot),
    gradual: false,
    billedFor: NO_TIME,
  };
}

/** One machine more of a kind; where ages differ the group has their mean, by which its bill goes. */
export function joined(group: Group, one: Group): Group {
  const machines = group.machines + one.machines;
  const ages = group.billedFor * group.machines + one.billedFor * one.machines;
  return { ...group, machines, billedFor: Math.round(ages / machines) as Duration };
}
