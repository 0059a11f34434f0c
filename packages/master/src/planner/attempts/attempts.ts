/**
 * Where every task stands, and every attempt that is not over. Per task a few bytes in typed arrays, so that a
 * million tasks fit easily; per step O(1).
 *
 *   waiting ──► running ──► done
 *      ▲           │  ├───► failed (for good)
 *      │           │  └───► quarantined: it took its machine down again and again
 *      └───────────┘  its attempt was lost or cancelled, or failed with retries left
 */
import { invariant, present } from "@stint/shared/invariant.js";
import {
  attemptKey,
  type AttemptKey,
  type AttemptNumber,
  type AttemptRef,
  type MachineId,
  type TaskIndex,
} from "@stint/shared/ids.js";
import type { Instant } from "@stint/shared/units.js";
import type { MachinesRun } from "../machines/machines.js";
import type { ClosedAttempt } from "./closed.js";
import { newDelays, type Delays } from "./delays.js";
import type { AttemptKind } from "./records.js";
import { newQueue, type Queue } from "./queue.js";

export const TASK_STATE = { waiting: 0, running: 1, done: 2, failed: 3, quarantined: 4 } as const;
export type TaskState = (typeof TASK_STATE)[keyof typeof TASK_STATE];

/** An attempt that was ordered and is not over. */
export interface ActiveAttempt extends AttemptRef {
  readonly key: AttemptKey;
  readonly kind: AttemptKind;
  readonly machine: MachineId;
  readonly orderedAt: Instant;
  /** Its result is no longer wanted. */
  cancelled: boolean;
}

export interface Attempts {
  state: Uint8Array;
  /** Attempts ordered so far, a task. */
  ordered: Uint16Array;
  /** Attempts that failed by the task's own doing. */
  failures: Uint16Array;
  /** Machines that went away by themselves and may have been taken down by the task. */
  suspicions: Uint8Array;
  /** Microseconds for which machines that went away by themselves had held each task that is under suspicion. */
  readonly heldWhenGone: Map<TaskIndex, number>;
  /** Machines that are gone: how many by themselves, and for how many microseconds there were all of them. */
  readonly gone: { byThemselves: number; time: number };
  /** 1: it is not started again. */
  guilty: Uint8Array;
  /** The suspect that each machine runs, if any. */
  readonly suspectOn: Map<MachineId, TaskIndex>;
  /** Where a task that is to be tried again failed last. */
  readonly failedOn: Map<TaskIndex, MachineId>;
  readonly delays: Delays;
  readonly queue: Queue;
  readonly active: Map<AttemptKey, ActiveAttempt>;
  /** The active attempts of each task that runs, oldest first. */
  readonly ofTask: Map<TaskIndex, readonly ActiveAttempt[]>;
  /** Machines that can take a task and found none waiting. */
  readonly hungry: Set<MachineId>;
  readonly count: { waiting: number; running: number; done: number; failed: number; quarantined: number };
  /** Tasks that have ended since the run began, or was taken up again, and those of them that were given up. */
  endedNow: number;
  givenUp: number;
  /** Attempts over, by what became of them. */
  readonly ended: {
    total: number;
    failed: number;
    lost: number;
    cancelled: number;
    replicas: number;
    late: number;
  };
  /** The first attempts that ended by themselves, how many of them failed, and of how many tasks. */
  readonly first: {
    ended: number;
    failed: number;
    tasksFailed: number;
    /** They all failed, and somebody said that the run is to go on all the same. */
    excused: boolean;
  };
}

export interface AttemptsRun extends MachinesRun {
  readonly attempts: Attempts;
  /** Attempts that the last record closed; emptied before each frame. */
  closedAttempts: ClosedAttempt[];
}

export const newAttempts = (size: number, seed: number): Attempts => ({
  state: new Uint8Array(size),
  ordered: new Uint16Array(size),
  failures: new Uint16Array(size),
  suspicions: new Uint8Array(size),
  heldWhenGone: new Map(),
  gone: { byThemselves: 0, time: 0 },
  guilty: new Uint8Array(size),
  suspectOn: new Map(),
  failedOn: new Map(),
  delays: newDelays(),
  queue: newQueue(size, seed),
  active: new Map(),
  ofTask: new Map(),
  hungry: new Set(),
  count: { waiting: size, running: 0, done: 0, failed: 0, quarantined: 0 },
  endedNow: 0,
  givenUp: 0,
  ended: { total: 0, failed: 0, lost: 0, cancelled: 0, replicas: 0, late: 0 },
  first: { ended: 0, failed: 0, tasksFailed: 0, excused: false },
});

export const stateOf = (attempts: Attempts, task: TaskIndex): TaskState =>
  present(attempts.state[task], "the task is in the bag", { task }) as TaskState;

export const activeOf = (attempts: Attempts, task: TaskIndex): readonly ActiveAttempt[] =>
  attempts.ofTask.get(task) ?? [];

export const nextAttempt = (attempts: Attempts, task: TaskIndex): AttemptRef => ({
  task,
  attempt: ((attempts.ordered[task] ?? 0) + 1) as AttemptNumber,
});

/** Moves a task from one state to another and keeps the counts. */
export function moveTask(attempts: Attempts, task: TaskIndex, to: TaskState): void {
  const { count } = attempts;
  const from = stateOf(attempts, task);
  invariant(!hasEnded(from), "an ended task stays ended", { task, from, to });
  count[STATE_NAMES[from]] -= 1;
  count[STATE_NAMES[to]] += 1;
  attempts.state[task] = to;
  if (hasEnded(to)) attempts.endedNow += 1;
  if (isGivenUp(to)) attempts.givenUp += 1;
  const { waiting, running, done, failed } = count;
  invariant(waiting >= 0 && running >= 0, "every task is somewhere", { waiting, running, done, failed });
}

/** By the number that a state is in memory. */
export const STATE_NAMES = ["waiting", "running", "done", "failed", "quarantined"] as const;

/** Done, or given up. */
export const hasEnded = (state: TaskState): boolean => state === TASK_STATE.done || isGivenUp(state);

/** It is not started again unless somebody asks for it. */
export const isGivenUp = (state: number | undefined): boolean =>
  state === TASK_STATE.failed || state === TASK_STATE.quarantined;

/** It waits, and may be handed out now. */
export const isReady = (attempts: Attempts, task: TaskIndex): boolean =>
  stateOf(attempts, task) === TASK_STATE.waiting && !attempts.delays.of.has(task);

export function addActive(attempts: Attempts, active: ActiveAttempt): void {
  attempts.active.set(active.key, active);
  attempts.ofTask.set(active.task, [...activeOf(attempts, active.task), active]);
}

export function removeActive(attempts: Attempts, active: ActiveAttempt): void {
  attempts.active.delete(active.key);
  const left = activeOf(attempts, active.task).filter((other) => other.key !== active.key);
  if (left.length === 0) attempts.ofTask.delete(active.task);
  else attempts.ofTask.set(active.task, left);
}

export const findActive = (attempts: Attempts, ref: AttemptRef): ActiveAttempt | undefined =>
  attempts.active.get(attemptKey(ref));

/** Every task is done or given up. */
export const allEnded = (attempts: Attempts): boolean =>
  attempts.count.waiting === 0 && attempts.count.running === 0;
