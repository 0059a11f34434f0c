/** What happens to attempts, and what is ordered of them. */
import type { AttemptRef, MachineId } from "@stint/shared/ids.js";
import type { AttemptResult } from "@stint/shared/observation.js";
import type { MicroUsd } from "@stint/shared/units.js";
import type { DecisionBase, EventBase } from "../vocabulary/record.js";

/** Why a task is started: the words of the joblog's column Kind, `pair` being shown as `sample`. */
export type AttemptKind = "sample" | "pair" | "run" | "retry" | "replica";

/** An agent can take this many more tasks than it has. */
export interface TasksWanted extends EventBase {
  readonly kind: "tasks-wanted";
  readonly machine: MachineId;
  readonly credit: number;
}
/** Attempts that are over, as their agent reports them. */
export interface AttemptsEnded extends EventBase {
  readonly kind: "attempts-ended";
  readonly machine: MachineId;
  readonly results: readonly AttemptResult[];
  /** How many more tasks the agent can take now, in addition to credit given before. */
  readonly credit: number;
}

export type AttemptEvent = TasksWanted | AttemptsEnded;

export interface StartOrder extends AttemptRef {
  readonly kind: AttemptKind;
}
export interface StartAttempts extends DecisionBase {
  readonly kind: "start-attempts";
  readonly machine: MachineId;
  readonly starts: readonly StartOrder[];
  /** Money set aside for copies that these starts may use up. */
  readonly fromCushion?: MicroUsd;
}
/** Its result is no longer wanted; what it used is waste. */
export interface CancelAttempts extends DecisionBase {
  readonly kind: "cancel-attempts";
  readonly machine: MachineId;
  readonly attempts: readonly AttemptRef[];
}

export type AttemptDecision = StartAttempts | CancelAttempts;

/** How an attempt counted in the end: the words of the joblog's column Outcome. */
export type AttemptOutcome = "done" | "spare" | "late" | "failed" | "timeout" | "cancelled" | "lost";
