/**
 * A run that is taken up again has more tasks than before: what does that change? They wait beside the others; a sample
 * that is being drawn grows, a tail is over, a plan in force is looked at anew, and what was begun without an offer,
 * as there was nothing to choose, is planned from its beginning.
 */
import { invariant } from "@stint/shared/invariant.js";
import { growAttempts } from "./attempts/grow-attempts.js";
import { forgetBeginning } from "./offer/apply-offer.js";
import type { Run } from "./run-state.js";
import { growSample } from "./sample/apply-sample.js";

/** @param size of the bag from now on */
export function extendBag(run: Run, size: number): void {
  const added = size - run.shape.size;
  invariant(added >= 0, "a bag only grows", { before: run.shape.size, size });
  if (added === 0) return;
  run.shape = { ...run.shape, size };
  growAttempts(run.attempts, size, run.settings.seed);
  growSample(run, added);
  run.tail.since = undefined;
  if (run.offer.inForce !== undefined) run.review.urgent = "bag-extended";
  else if (run.offer.acceptedAt !== undefined) beginAnew(run);
}

function beginAnew(run: Run): void {
  forgetBeginning(run);
  run.review.nextAt = undefined;
  run.resumesAs = "sampling";
  if (run.phase === "running") run.phase = "sampling";
}
