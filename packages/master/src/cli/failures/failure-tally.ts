/**
 * Why did tasks fail? Keeps how each task that is not done failed last, and groups them at the end by exit code and
 * last line of standard error. What is kept and what is read has a limit; tasks beyond it are counted.
 */
import type { TaskIndex } from "@stint/shared/ids.js";
import type { Audience } from "../../drive/ports.js";
import { TASK_STATE } from "../../planner/attempts/attempts.js";
import type { ClosedAttempt } from "../../planner/attempts/closed.js";
import type { SummaryFailures } from "../../planner/report/summary.js";
import type { Run } from "../../planner/run-state.js";
import { groupFailures } from "./group-failures.js";

export interface FailureTally extends Audience {
  /** @param out the folder of the run's output */
  groups(run: Pick<Run, "attempts">, out: string): SummaryFailures;
}

/** Tasks whose last failure is kept: reading their last lines takes a fraction of a second. */
const KEPT_MOST = 2_000;

export function failureTally(): FailureTally {
  const kept = new Map<TaskIndex, ClosedAttempt>();
  return {
    seen(_frame, { attempts }, closed) {
      for (const one of closed.attempts) {
        const { task } = one;
        if (attempts.state[task] === TASK_STATE.done) kept.delete(task);
        else if (!isBad(one, attempts.state[task])) continue;
        else if (kept.has(task) || kept.size < KEPT_MOST) kept.set(task, one);
      }
    },
    groups({ attempts }, out) {
      const failing = [...kept.values()].filter(({ task }) => hasFailed(attempts, task));
      return groupFailures(failing, out, failedTasks(attempts));
    },
  };
}

/** A machine that went away says something of a task only when it was the last of too many. */
const isBad = ({ outcome }: ClosedAttempt, state: number | undefined): boolean =>
  outcome === "failed" || outcome === "timeout" || (outcome === "lost" && state === TASK_STATE.quarantined);

/** Tasks that failed and are not done, whatever becomes of them. */
function failedTasks(attempts: Run["attempts"]): number {
  let count = 0;
  for (let task = 0; task < attempts.state.length; task += 1) {
    if (hasFailed(attempts, task as TaskIndex)) count += 1;
  }
  return count;
}

/** What failed before its task was wanted again says nothing of it any more. */
const hasFailed = ({ state, failures }: Run["attempts"], task: TaskIndex): boolean =>
  state[task] === TASK_STATE.quarantined || (state[task] !== TASK_STATE.done && (failures[task] ?? 0) > 0);
