/**
 * What a run was asked to do, fixed at its beginning: the clusters, the money, the user's wishes.
 * Only the budget changes later, and that by an event of its own.
 */
import type { Cluster } from "@stint/shared/cluster.js";
import type { TaskIndex } from "@stint/shared/ids.js";
import type { Duration, MicroUsd } from "@stint/shared/units.js";
import type { Told } from "./told.js";

/** The words of `--choose`, from dear and slow to dear and fast. */
export const OFFER_NAMES = ["cheapest", "cheapest+20", "fastest-20", "fastest"] as const;
export type OfferName = (typeof OFFER_NAMES)[number];

/** The parts of the planner that an experiment may switch off. */
export const PARTS = ["review", "tail", "cushion", "pairs", "drift"] as const;
export type Part = (typeof PARTS)[number];

/** `--halt`: how the run stops when this many tasks are given up, or this share of those that have ended. */
export interface Halt {
  /** `soon` lets what runs come to its end, `now` does not. */
  readonly how: "soon" | "now";
  readonly fail:
    { readonly kind: "count"; readonly tasks: number } | { readonly kind: "share"; readonly percent: number };
}

export interface RunSettings {
  readonly name: string;
  readonly clusters: readonly Cluster[];
  /** Absent only when every cluster is free. */
  readonly budget?: MicroUsd;
  readonly seed: number;
  /** Time between two looks at promise and forecast. */
  readonly review: Duration;
  /** How long machines with a short unit go on working while a choice is awaited. */
  readonly wait: Duration;
  /** The pick's own limit is the hard cap, not the budget. */
  readonly strict: boolean;
  /**
   * What to do when the money does not buy the rest. Absent: a run that cannot be finished is not begun, one
   * that has begun goes on as with `spend`.
   */
  readonly whenShort?: "spend" | "finish-paid" | "ask";
  /** The offer to take without asking; absent when a person is asked. */
  readonly choose?: OfferName;
  /** Take the preselected offer without asking, a risky one too. */
  readonly yes: boolean;
  /**
   * Absent: a run stops only when its very first attempts all fail. A word of the user's counts instead of that, and
   * with `never` nothing that fails stops the run.
   */
  readonly halt?: Halt | "never";
  /** Make the offers and stop; whoever resumes the run goes on from there. */
  readonly planOnly?: true;
  /** Parts switched off, for experiments only. */
  readonly without: readonly Part[];
  /** Runtimes that need not be found out, for experiments only. */
  readonly told?: Told;
}

/**
 * When a task is quarantined: after three machines that it may have taken down, unless machines go away otherwise too,
 * so often that in the time it ran one of so many tasks would see so many go by chance; after ten in any case.
 */
export const QUARANTINE = { machinesLeast: 3, machinesMost: 10, chanceMost: 0.05 } as const;

/** What the planner knows of a bag without its commands. */
export interface BagShape {
  readonly size: number;
  /** Attempts beyond the first. */
  readonly retriesOf: (task: TaskIndex) => number;
  /** May two attempts of it run at the same time? */
  readonly mayBeCopied: (task: TaskIndex) => boolean;
}
