/**
 * What has become of one task so far? Reads frames as they are written and keeps its attempts alone, so that whoever
 * follows a task need not hold the run.
 */
import type { AttemptNumber, MachineId, TaskIndex } from "@stint/shared/ids.js";
import { succeeded, type AttemptEnding, type AttemptResult } from "@stint/shared/observation.js";
import type { ClosedAttempt } from "../../planner/attempts/closed.js";
import type { Frame } from "../../planner/records.js";
import type { Printed } from "../../store/lost-output.js";

export type HowEnded = Pick<ClosedAttempt, "outcome" | "exitCode" | "signal" | "notStarted" | "noOutput">;

export interface FollowedAttempt {
  readonly task: TaskIndex;
  readonly attempt: AttemptNumber;
  readonly machine: MachineId;
  /** Absent while it runs. */
  ended: HowEnded | undefined;
  /** How much it has printed, once that is reported. */
  printed?: Printed;
}

export interface TaskStory {
  readonly see: (frame: Frame) => void;
  /** In the order in which they were started. */
  readonly attempts: readonly FollowedAttempt[];
}

export function taskStory(task: TaskIndex): TaskStory {
  const attempts: FollowedAttempt[] = [];
  const end = (machine: MachineId, attempt: AttemptNumber | undefined, ended: HowEnded): void => {
    for (const one of attempts) {
      const isMeant = one.machine === machine && (attempt === undefined || one.attempt === attempt);
      if (isMeant) one.ended ??= ended;
    }
  };
  const note = (result: AttemptResult): void => {
    const { stdoutBytes, stderrBytes } = result;
    for (const one of attempts)
      if (one.attempt === result.attempt) one.printed ??= { stdoutBytes, stderrBytes };
  };
  return {
    attempts,
    see({ event, decisions }) {
      if (event.kind === "attempts-ended") {
        for (const result of event.results)
          if (result.task === task) {
            end(event.machine, result.attempt, howEnded(result.ending));
            note(result);
          }
      } else if (event.kind === "machine-gone") end(event.machine, undefined, { outcome: "lost" });
      for (const order of decisions) {
        if (order.kind !== "start-attempts") continue;
        for (const start of order.starts)
          if (start.task === task)
            attempts.push({ task, attempt: start.attempt, machine: order.machine, ended: undefined });
      }
    },
  };
}

function howEnded(ending: AttemptEnding): HowEnded {
  if (succeeded(ending)) return { outcome: "done", exitCode: 0 };
  switch (ending.kind) {
    case "exited":
      return { outcome: "failed", exitCode: ending.code };
    case "signalled":
      return { outcome: "failed", signal: ending.signal };
    case "not-started":
      return { outcome: "failed", notStarted: ending.reason };
    case "no-output":
      return { outcome: "failed", noOutput: ending.reason };
    case "timed-out":
      return { outcome: "timeout" };
    case "cancelled":
      return { outcome: "cancelled" };
  }
}

/** The one that runs, the oldest of several; else the one that counted; else the last. */
export const theOneToFollow = (attempts: readonly FollowedAttempt[]): FollowedAttempt | undefined =>
  attempts.find(({ ended }) => ended === undefined) ??
  attempts.find(({ ended }) => ended?.outcome === "done") ??
  attempts.at(-1);
