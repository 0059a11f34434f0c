/**
 * The sampling phase: which tasks were chosen to be run first, on which clusters, and how far that is.
 * At most 31 tasks are counted, whatever the size of the bag; all of it is real work.
 */
import type { TaskIndex } from "@stint/shared/ids.js";
import { NO_TIME, type Duration, type Instant } from "@stint/shared/units.js";
import type { SettledRun } from "../attempts/settle-machine.js";
import type { SampleBecause } from "./because.js";
import type { ClusterIndex } from "../vocabulary/configuration.js";

export interface Sample {
  /** Tasks to hand out before offers are made; 0 when there is nothing to choose. */
  size: number;
  pairs: readonly TaskIndex[];
  /** The clusters that are sampled; the others could not be within the money for it. */
  clusters: readonly ClusterIndex[];
  /** The first tasks handed out, by task: still open, or over. */
  readonly first: Map<TaskIndex, "open" | "over">;
  overFirst: number;
  /** Of each cluster, pairs not yet handed out there, and those that run there. */
  readonly pairsWaiting: Map<ClusterIndex, readonly TaskIndex[]>;
  readonly pairsRunning: Map<ClusterIndex, number>;
  /** Attempts that must have ended by themselves on each cluster, and how many have. */
  perCluster: number;
  readonly endedOn: Map<ClusterIndex, number>;
  lastHandedAt: Instant | undefined;
  /** What those took that are over. */
  firstTook: Duration;
  endedAt: Instant | undefined;
  /** Why so much is sampled, or nothing. */
  because: SampleBecause | undefined;
  /** More machines than those it began with were rented. */
  grown: boolean;
}

export interface SampleRun extends SettledRun {
  readonly sample: Sample;
}

export const newSample = (): Sample => ({
  size: 0,
  pairs: [],
  clusters: [],
  first: new Map(),
  overFirst: 0,
  pairsWaiting: new Map(),
  pairsRunning: new Map(),
  perCluster: 0,
  endedOn: new Map(),
  lastHandedAt: undefined,
  firstTook: NO_TIME,
  endedAt: undefined,
  because: undefined,
  grown: false,
});

/** This cluster has run its pairs, whatever came of them, and has shown its speed even where none may be paired. */
export const clusterIsSeen = (sample: Sample, cluster: ClusterIndex): boolean =>
  (sample.pairsWaiting.get(cluster) ?? []).length === 0 &&
  (sample.pairsRunning.get(cluster) ?? 0) === 0 &&
  (sample.endedOn.get(cluster) ?? 0) >= sample.perCluster;

/** Of the first tasks handed out all but two are over: waiting for the last would let one straggler hold us. */
export const firstAreOver = (sample: Sample): boolean =>
  sample.first.size >= sample.size && sample.overFirst >= sample.size - STRAGGLERS;

const STRAGGLERS = 2;
