/**
 * What the bound knows of clusters and tasks: plain numbers, in seconds and money. Nothing of the planner is used
 * here, so that a mistake of the planner cannot hide in the measure that it is held against.
 */

export interface BoundCluster {
  readonly machines: number;
  readonly slots: number;
  /** Seconds that are paid whole once begun. */
  readonly unit: number;
  /** Of a machine's unit. */
  readonly cost: number;
  /** No machine boots faster. */
  readonly boot: number;
}

export interface Market {
  readonly clusters: readonly BoundCluster[];
  readonly budget: number;
  /** Of each task on each cluster. */
  readonly seconds: readonly Float64Array[];
}

/** Units of one cluster that can be used until `until`, at most. */
export const unitsMost = ({ machines, unit }: BoundCluster, until: number): number =>
  machines * Math.ceil(until / unit);

/**
 * Slot seconds until `until` that so many units give at most. A machine holds `floor(until / unit)` whole units, and
 * one more that is used in part. The fewest machines that hold them all have to boot; the last of them is left out
 * where it would do nothing but that.
 */
export function capacity(cluster: BoundCluster, until: number, units: number): number {
  const held = Math.ceil(until / cluster.unit);
  const machines = Math.ceil(units / held - 1e-9);
  const without = (machines - 1) * held;
  return Math.max(0, useful(cluster, until, units, machines), useful(cluster, until, without, machines - 1));
}

/** As if fractions of a machine could boot: more than is possible, and concave in `units`. */
export function relaxedCapacity(cluster: BoundCluster, until: number, units: number): number {
  return Math.max(0, useful(cluster, until, units, units / Math.ceil(until / cluster.unit)));
}

function useful(cluster: BoundCluster, until: number, units: number, booting: number): number {
  const { machines, slots, unit, boot } = cluster;
  const whole = Math.floor(until / unit);
  const inWhole = Math.min(units, machines * whole);
  const inPart = Math.min(Math.max(0, units - machines * whole), machines);
  return slots * (inWhole * unit + inPart * (until - whole * unit) - booting * Math.min(boot, until));
}

/** No schedule ends before its longest task has, on the fastest cluster where that is affordable at all. */
export function longestTask({ clusters, budget, seconds }: Market): number {
  let longest = 0;
  const tasks = seconds[0]?.length ?? 0;
  for (let task = 0; task < tasks; task += 1) {
    let fastest = Infinity;
    clusters.forEach(({ machines, unit, cost, boot }, index) => {
      const takes = boot + seconds[index]![task]!;
      if (machines > 0 && Math.ceil(takes / unit - 1e-9) * cost <= budget) fastest = Math.min(fastest, takes);
    });
    longest = Math.max(longest, fastest);
  }
  return longest;
}
