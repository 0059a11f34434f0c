/** An attempt that is over, with all that a row of a joblog needs but the command. */
import type { AttemptRef, MachineId } from "@stint/shared/ids.js";
import type { Instant, MicroUsd } from "@stint/shared/units.js";
import type { ClusterIndex } from "../vocabulary/configuration.js";
import type { AttemptKind, AttemptOutcome } from "./records.js";

export interface ClosedAttempt extends AttemptRef {
  readonly kind: AttemptKind;
  readonly outcome: AttemptOutcome;
  readonly cluster: ClusterIndex;
  readonly machine: MachineId;
  /** From 1; absent when no result came. */
  readonly slot?: number;
  /** Of the process, by its agent; for one without a result, when it was ordered. */
  readonly startedAt: Instant;
  readonly endedAt: Instant;
  readonly exitCode?: number;
  readonly signal?: string;
  /** Why the command could not be started. */
  readonly notStarted?: string;
  /** Which declared output was missing after an exit with 0. */
  readonly noOutput?: string;
  readonly stdoutBytes: number;
  readonly stderrBytes: number;
  readonly cost: MicroUsd;
}
