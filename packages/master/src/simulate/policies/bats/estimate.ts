/** What BaTS believes of runtimes while it runs: the sample as a prior on every cluster, completions, and what runs. */
import type { ClusterIndex } from "../../../planner/vocabulary/configuration.js";
import type { BatsMachine } from "./bats-machine.js";
import { onBase, onCluster, type Learned } from "./learn.js";
import { longerThan, type LongerThan } from "./longer-than.js";

export interface Estimate {
  /** Minutes of a task that has run for so long, by the sample alone. */
  whole(cluster: ClusterIndex, elapsed: number): number;
  /** The same by the sample and all completions on that cluster: what the tail goes by. */
  wholeByAll(cluster: ClusterIndex, elapsed: number): number;
  /** A runtime on one cluster as minutes on another. */
  mapped(minutes: number, from: ClusterIndex, to: ClusterIndex): number;
  add(cluster: ClusterIndex, minutes: number): void;
  /** The mean minutes of a task on each cluster; infinite where nothing is known. */
  means(machines: Iterable<BatsMachine>, now: number): number[];
}

interface ClusterEstimate {
  readonly sample: LongerThan;
  readonly all: LongerThan;
  sum: number;
  count: number;
}

export function createEstimate({ base, links }: Learned): Estimate {
  const clusters = links.map((link): ClusterEstimate => {
    // A line through noise may run below zero; nothing takes less than no time.
    const known = link === undefined ? [] : base.map((minutes) => Math.max(0, onCluster(link, minutes)));
    return {
      sample: longerThan(known),
      all: longerThan(known),
      sum: known.reduce((sum, minutes) => sum + minutes, 0),
      count: known.length,
    };
  });
  return {
    whole: (cluster, elapsed) => clusters[cluster]?.sample.meanAbove(elapsed) ?? elapsed,
    wholeByAll: (cluster, elapsed) => clusters[cluster]?.all.meanAbove(elapsed) ?? elapsed,
    mapped(minutes, from, to) {
      const [there, here] = [links[from], links[to]];
      return there === undefined || here === undefined ? Infinity : onCluster(here, onBase(there, minutes));
    },
    add(cluster, minutes) {
      const own = clusters[cluster];
      if (own === undefined) return;
      own.all.add(minutes);
      own.sum += minutes;
      own.count += 1;
    },
    means(machines, now) {
      const sums = clusters.map(({ sum, count }) => ({ sum, count }));
      for (const { cluster, current } of machines) {
        const [own, known] = [sums[cluster], clusters[cluster]];
        if (own === undefined || known === undefined) continue;
        for (const { since } of current.values()) {
          own.sum += known.sample.meanAbove(now - since);
          own.count += 1;
        }
      }
      return sums.map(({ sum, count }) => (count === 0 || sum <= 0 ? Infinity : sum / count));
    },
  };
}
