/**
 * What the independent checker has seen of a run: machines, attempts, tasks and money in states of its own. It
 * shares no code with the planner, so that a mistake there is not repeated here.
 */
import type { AttemptKey, MachineId, TaskIndex } from "@stint/shared/ids.js";
import type { Instant } from "@stint/shared/units.js";
import type { ClusterIndex } from "../vocabulary/configuration.js";
import type { EndState } from "../vocabulary/phase.js";
import type { BagShape, RunSettings } from "../vocabulary/settings.js";

export const LAWS = [
  "money-within-budget",
  "starts-only-on-live-machines",
  "starts-only-waiting-tasks",
  "attempts-at-once",
  "attempts-in-order",
  "retries-within-allowance",
  "quarantine-holds",
  "suspects-apart",
  "results-of-started-attempts",
  "tasks-stay",
  "nothing-new-while-stopping",
  "nothing-new-while-paused",
  "leases-only-grow",
  "rented-once",
  "machines-within-most",
  "orders-name-live-machines",
  "decisions-say-why",
  "all-machines-end",
  "end-state-is-true",
] as const;
export type Law = (typeof LAWS)[number];

/** A law that did not hold, where, and with which numbers. */
export interface Violation {
  readonly law: Law;
  /** The frame after which it was seen, from 1. */
  readonly frame: number;
  readonly at: Instant;
  /** One sentence, for people. */
  readonly text: string;
}

/** What is known of the bag's tasks; a law that needs what is absent is not checked. */
export type TaskRules = Partial<Pick<BagShape, "retriesOf" | "mayBeCopied">>;

/** A machine that exists or may exist. */
export interface SeenMachine {
  readonly cluster: ClusterIndex;
  readonly rentedAt: Instant;
  paidUntil: Instant;
  /** Its leases, in order, each with the price an hour at which it was bought. */
  readonly leases: { readonly until: Instant; readonly price: bigint }[];
  /** In micro-dollars, from the rent to paid-until. */
  liability: bigint;
  ready: boolean;
  silent: boolean;
  released: boolean;
  /** Its lease was not to be made longer, so its end was no surprise. */
  lapsing: boolean;
  /** A master took the run up again and has not heard of it since. */
  unheard: boolean;
  readonly attempts: Set<AttemptKey>;
}

export interface SeenAttempt {
  readonly task: TaskIndex;
  readonly machine: MachineId;
  readonly begunAt: Instant;
  /** When it began, its task had been on two machines that went away by themselves. */
  readonly suspect: boolean;
  cancelled: boolean;
}

export interface Witness {
  readonly settings: RunSettings;
  readonly rules: TaskRules;
  bagSize: number;
  frame: number;
  at: Instant;
  sampling: boolean;
  stopping: boolean;
  /** Records may be gone that were acted on: whoever worked by them reports what nobody knows of. */
  lostRecords: boolean;
  paused: boolean;
  /** Set by `end-run`, taken back when a resumed run orders something. */
  ended: EndState | undefined;
  /** In micro-dollars; everything must be free where it is 0. */
  budget: bigint;
  billed: bigint;
  liable: bigint;
  readonly machines: Map<MachineId, SeenMachine>;
  readonly everRented: Set<MachineId>;
  /** Micro-dollars an hour, of each cluster, as it is now. */
  readonly prices: bigint[];
  /** Machines of each cluster that were not told to go. */
  readonly kept: number[];
  /** Attempts that were started and are not over. */
  readonly attempts: Map<AttemptKey, SeenAttempt>;
  /** By task: attempts started, failed, times under suspicion of having taken its machine down, attempts running now, and whether a result was kept. */
  started: Uint16Array;
  failures: Uint16Array;
  losses: Uint16Array;
  /** By task under suspicion: microseconds on the machines that it is suspected of. */
  readonly lostTime: Map<TaskIndex, number>;
  /** By task: it took down more machines than chance explains. */
  guilty: Uint8Array;
  running: Uint8Array;
  done: Uint8Array;
  readonly count: { done: number; failedAttempts: number };
  /** Machines that said hello and went by themselves; microseconds that machines which are gone had been there. */
  readonly gone: { byThemselves: number; time: number };
  found: Violation[];
}

export const newWitness = (settings: RunSettings, bagSize: number, rules: TaskRules): Witness => ({
  settings,
  rules,
  bagSize,
  frame: 0,
  at: 0 as Instant,
  sampling: true,
  stopping: false,
  lostRecords: false,
  paused: false,
  ended: undefined,
  budget: BigInt(settings.budget ?? 0),
  billed: 0n,
  liable: 0n,
  machines: new Map(),
  everRented: new Set(),
  prices: settings.clusters.map(({ tariff }) => BigInt(tariff.price)),
  kept: settings.clusters.map(() => 0),
  attempts: new Map(),
  started: new Uint16Array(bagSize),
  failures: new Uint16Array(bagSize),
  losses: new Uint16Array(bagSize),
  guilty: new Uint8Array(bagSize),
  running: new Uint8Array(bagSize),
  done: new Uint8Array(bagSize),
  lostTime: new Map(),
  count: { done: 0, failedAttempts: 0 },
  gone: { byThemselves: 0, time: 0 },
  found: [],
});

/** An edited bag has brought tasks; nothing is known of them. */
export function seeGrowth(seen: Witness, bagSize: number): void {
  if (bagSize < seen.bagSize)
    breaks(seen, "tasks-stay", `the bag of ${seen.bagSize} tasks has only ${bagSize} now`);
  if (bagSize <= seen.bagSize) return;
  seen.bagSize = bagSize;
  seen.started = longer(seen.started, new Uint16Array(bagSize));
  seen.failures = longer(seen.failures, new Uint16Array(bagSize));
  seen.losses = longer(seen.losses, new Uint16Array(bagSize));
  seen.guilty = longer(seen.guilty, new Uint8Array(bagSize));
  seen.running = longer(seen.running, new Uint8Array(bagSize));
  seen.done = longer(seen.done, new Uint8Array(bagSize));
}

function longer<Counts extends Uint8Array | Uint16Array>(from: Counts, into: Counts): Counts {
  into.set(from);
  return into;
}

/** Notes that a law did not hold. */
export function breaks(seen: Witness, law: Law, text: string): void {
  seen.found.push({ law, frame: seen.frame, at: seen.at, text });
}
