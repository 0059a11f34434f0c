/**
 * Tasks that were given up wait again, with all their retries and no suspicion: the one way back from an end, and
 * only somebody who says so opens it. One pass over the bag.
 */
import type { TaskIndex } from "@stint/shared/ids.js";
import { activeOf, TASK_STATE, type Attempts, type AttemptsRun } from "./attempts.js";
import { returnLast } from "./queue.js";
import { acquit } from "./suspects.js";

/** A pair of such a task that still runs keeps it as it is: its result is still to come. */
export function reopenFailed({ attempts }: Pick<AttemptsRun, "attempts">): void {
  for (let number = 0; number < attempts.state.length; number += 1) {
    const task = number as TaskIndex;
    const state = attempts.state[task];
    if (activeOf(attempts, task).length > 0) continue;
    if (state === TASK_STATE.failed) reopen(attempts, task, "failed");
    if (state === TASK_STATE.quarantined) reopen(attempts, task, "quarantined");
  }
  // What failed before was mended, or so it is hoped: it says nothing of what comes.
  attempts.first.ended -= attempts.first.failed;
  attempts.first.failed = 0;
}

function reopen(attempts: Attempts, task: TaskIndex, was: "failed" | "quarantined"): void {
  attempts.state[task] = TASK_STATE.waiting;
  attempts.count[was] -= 1;
  attempts.count.waiting += 1;
  attempts.failures[task] = 0;
  acquit(attempts, task);
  returnLast(attempts.queue, task);
}
