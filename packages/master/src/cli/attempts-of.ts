/** Which attempts has a task had so far, and how did they end? As the journal tells it; running ones included. */
import type { AttemptNumber, MachineId, TaskIndex } from "@stint/shared/ids.js";
import type { Instant } from "@stint/shared/units.js";
import type { ClosedAttempt } from "../planner/attempts/closed.js";
import type { AttemptKind } from "../planner/attempts/records.js";
import type { RunFolder } from "../store/run-folder.js";
import type { Printed } from "../store/lost-output.js";
import { keptRun } from "./live/kept.js";
import { replayRun } from "./replay/replay-run.js";

export interface KnownAttempt
  extends Pick<ClosedAttempt, "exitCode" | "signal" | "notStarted" | "noOutput">, Printed {
  readonly attempt: AttemptNumber;
  readonly kind: AttemptKind;
  readonly machine: MachineId;
  /** Of one that runs: when it was ordered. */
  readonly startedAt: Instant;
  /** Absent while it runs. */
  readonly endedAt?: Instant;
  readonly outcome?: ClosedAttempt["outcome"];
}

/** In the order of their numbers. */
export function attemptsOf(folder: RunFolder, task: TaskIndex): KnownAttempt[] {
  const known = new Map<AttemptNumber, KnownAttempt>();
  const { run, bag } = replayRun(folder, keptRun(folder), () => (_frame, _run, closed) => {
    for (const one of closed.attempts) if (one.task === task) known.set(one.attempt, one);
  });
  bag.close();
  for (const one of run.attempts.ofTask.get(task) ?? []) {
    known.set(one.attempt, { ...one, startedAt: one.orderedAt });
  }
  return [...known.values()].sort((a, b) => a.attempt - b.attempt);
}
