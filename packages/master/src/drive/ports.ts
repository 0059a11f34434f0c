/**
 * The six ports between the planner and a world. A live run and an imagined one differ in nothing but what
 * stands behind them. Whatever a port has to say comes back as an event through {@link Deliver}.
 */
import type { AttemptRef, MachineId } from "@stint/shared/ids.js";
import type { Cluster } from "@stint/shared/cluster.js";
import type { Instant } from "@stint/shared/units.js";
import type { ClosedAttempt } from "../planner/attempts/closed.js";
import type { StartOrder } from "../planner/attempts/records.js";
import type { ClosedMachine } from "../planner/machines/closed.js";
import type { Frame, RunEvent } from "../planner/records.js";
import type { Question } from "../planner/questions.js";
import type { Run } from "../planner/run-state.js";

/** Hands an event to the drive; never runs it before the caller has returned to the drive's loop. */
export type Deliver = (event: RunEvent) => void;

export interface Clock {
  /** The run's timeline: never goes back, counts a laptop's sleep, goes on across masters. */
  readonly now: () => Instant;
  /** Replaces what was asked before; the drive delivers `time-passed` at that instant. */
  wakeAt(at: Instant | undefined): void;
}

/** One machine as it must exist: enough to launch it again, idempotently, after a crash. */
export interface LaunchOrder {
  readonly machine: MachineId;
  readonly cluster: Cluster;
  readonly paidUntil: Instant;
}

/** Rents and gives back. Answers: `machine-launched`, `machine-launch-failed`, `machine-gone`. */
export interface Provisioner {
  /** Idempotent by machine id: a machine that exists is not started twice. */
  launch(order: LaunchOrder): void;
  /** Ends a machine and all it started; `machine-gone` follows when that is certain. Idempotent. */
  release(machine: MachineId): void;
  /** After a resume: these machines may exist. Those that do not come back are ended and reported gone. */
  recover(orders: readonly LaunchOrder[]): void;
}

/** One start as an agent needs it. */
export interface StartCommand extends StartOrder {
  /** A slot is held for runtime × (slowdown − 1) after the task; 1 for a machine that is what it is. */
  readonly slowdown: number;
}

/** Talks to the agents. Answers: `machine-ready`, `tasks-wanted`, `attempts-ended`, `machine-silent`, `machine-back`. */
export interface Agents {
  start(machine: MachineId, starts: readonly StartCommand[]): void;
  cancel(machine: MachineId, attempts: readonly AttemptRef[]): void;
  renew(machine: MachineId, paidUntil: Instant): void;
  /** No session of this machine is accepted any more. */
  dismiss(machine: MachineId): void;
  /** The event's results are durable: they may be acknowledged to their agent. */
  settled(event: RunEvent): void;
}

export interface Journal {
  /** Writes the frame down; `durable` is called once, in order, when no crash can lose it any more. */
  append(frame: Frame, durable: () => void): void;
}

export interface Evaluator {
  /** Thinks, off the loop where there is one; the answer is delivered as an event. */
  evaluate(question: Question): void;
}

/** What one frame closed. The run itself may be further on by the time its frame is durable. */
export interface Closed {
  readonly attempts: readonly ClosedAttempt[];
  readonly machines: readonly ClosedMachine[];
}

export interface Audience {
  /** A frame that is durable, and what it closed. Must be O(1) in the size of the bag. */
  seen(frame: Frame, run: Run, closed: Closed): void;
}

export interface Ports {
  readonly clock: Clock;
  readonly provisioner: Provisioner;
  readonly agents: Agents;
  readonly journal: Journal;
  readonly evaluator: Evaluator;
  readonly audience: Audience;
}
