/**
 * Tasks that were given up wait again, with all their retries and no suspicion: the one way back from an end, and
 * only somebody who says so opens it. One pass over the bag.
 */
import type { TaskIndex } from "@stint/shared/ids.js";
import { activeOf, TASK_STATE, type Attempts, type AttemptsRun } from "./attempts.js";
import { returnFirst } from "./queue.js";
import { acquit } from "./suspects.js";

/**
 * They come before what was never tried, in the order of the bag: whoever mended something sees at once whether that
 * was it. A pair of such a task that still runs keeps it as it is: its result is still to come.
 */
export function reopenFailed({ attempts }: Pick<AttemptsRun, "attempts">): void {
  for (let number = attempts.state.length - 1; number >= 0; number -= 1) {
    const task = number as TaskIndex;
    const state = attempts.state[task];
    if (activeOf(attempts, task).length > 0) continue;
    if (state === TASK_STATE.failed) reopen(attempts, task, "failed");
    if (state === TASK_STATE.quarantined) reopen(attempts, task, "quarantined");
  }
  // What failed before was mended, or so it is hoped: it says nothing of what comes.
  attempts.first.ended -= attempts.first.failed;
  attempts.first.failed = 0;
  attempts.first.tasksFailed = 0;
  attempts.first.excused = false;
}

function reopen(attempts: Attempts, task: TaskIndex, was: "failed" | "quarantined"): void {
  attempts.state[task] = TASK_STATE.waiting;
  attempts.count[was] -= 1;
  attempts.count.waiting += 1;
  attempts.failures[task] = 0;
  acquit(attempts, task);
  returnFirst(attempts.queue, task);
}
