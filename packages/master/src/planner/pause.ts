/**
 * A pause: nothing is started, rented or renewed, and no review is asked for. What runs goes on to the end of what
 * is paid; idle machines leave at the end of what is owed. A stop and a resume end it too.
 */
import type { Run } from "./run-state.js";

/** A run that winds up is not paused: it starts nothing anyway. */
export function applyPause(run: Run): void {
  run.paused = run.phase === "sampling" || run.phase === "choosing" || run.phase === "running";
}

/** What was left undone is looked at anew; the machines of the plan may be gone. */
export function applyUnpause(run: Run): void {
  if (!run.paused) return;
  run.paused = false;
  if (run.phase === "running" && run.offer.inForce !== undefined) run.review.urgent ??= "unpaused";
}
