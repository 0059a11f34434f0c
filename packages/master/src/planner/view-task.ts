/** Where one task stands. */
import { isGivenUp, STATE_NAMES } from "./attempts/attempts.js";
import type { Run } from "./run-state.js";

/** @param task by index */
export const taskStanding = (
  { attempts }: Pick<Run, "attempts">,
  task: number,
): (typeof STATE_NAMES)[number] => STATE_NAMES[attempts.state[task] ?? 0] ?? "waiting";

/** It failed for good, or is in quarantine. */
export const taskIsGivenUp = ({ attempts }: Pick<Run, "attempts">, task: number): boolean =>
  isGivenUp(attempts.state[task]);
