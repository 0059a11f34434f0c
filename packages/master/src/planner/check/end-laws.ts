/** Is the end what it says it is: nothing exists any more, and the state's name is true of the tasks? */
import { unreachable } from "@stint/shared/invariant.js";
import type { EndState } from "../vocabulary/phase.js";
import { breaks, type Witness } from "./witness.js";

/** To be called once, after the last frame of a run that has ended; O(tasks). */
export function checkEnd(seen: Witness): void {
  if (seen.ended === undefined) {
    breaks(seen, "end-state-is-true", "the run has not ended");
    return;
  }
  if (seen.machines.size > 0)
    breaks(seen, "all-machines-end", `${[...seen.machines.keys()].join(", ")} may still exist`);
  if (seen.attempts.size > 0) breaks(seen, "all-machines-end", `${seen.attempts.size} attempts are not over`);
  const lie = whatIsUntrue(seen, seen.ended);
  if (lie !== undefined) breaks(seen, "end-state-is-true", `the run ended as ${seen.ended}, but ${lie}`);
}

function whatIsUntrue(seen: Witness, state: EndState): string | undefined {
  const { done, failedAttempts } = seen.count;
  const left = tasksLeft(seen);
  switch (state) {
    case "done":
      return done === seen.bagSize ? undefined : `${done} of ${seen.bagSize} tasks are done`;
    case "failed-tasks":
      if (done === seen.bagSize) return "every task is done";
      return failedAttempts > 0 || seen.guilty.includes(1) ? undefined : "no attempt failed";
    case "stopped":
    case "budget-too-low":
    case "needs-choice":
      return left === undefined || left > 0 ? undefined : "no task is left";
    default:
      return unreachable(state);
  }
}

/** Tasks neither done nor failed for good; unknown when the bag's retries are. */
function tasksLeft(seen: Witness): number | undefined {
  const { retriesOf } = seen.rules;
  if (retriesOf === undefined) return undefined;
  let left = 0;
  for (let task = 0; task < seen.bagSize; task += 1) {
    const failures = seen.failures[task] ?? 0;
    const failedForGood =
      failures > retriesOf(task as Parameters<typeof retriesOf>[0]) || seen.guilty[task] === 1;
    if (seen.done[task] !== 1 && !failedForGood) left += 1;
  }
  return left;
}
