/** When a run wants to be told that time has passed: the earliest instant at which it may have to decide. */
import { earlier, type Instant } from "@stint/shared/units.js";
import { backBy } from "./machines/machines.js";
import { nextDelayEnd } from "./attempts/delays.js";
import type { Run } from "./run-state.js";
import { changesAt } from "./run/reconcile.js";
import { waitsUntil } from "./offer/while-choosing.js";
import { sampleDeadline } from "./sample/patience.js";
import { drainEnd } from "./wind-up.js";

/** Absent when only an outside event can change anything. O(clusters). */
export function nextWake(run: Run): Instant | undefined {
  if (run.phase === "ended") return undefined;
  let due = run.leasesDue;
  const consider = (at: Instant | undefined): void => {
    if (at !== undefined && at > run.at) due = due === undefined ? at : earlier(due, at);
  };
  for (const { limit } of run.machines.clusters) consider(limit?.until);
  if (run.phase === "sampling") consider(sampleDeadline(run));
  if (run.phase === "choosing") {
    consider(waitsUntil(run));
    if (run.offer.awaited === undefined && run.offer.offers === undefined) consider(backBy(run));
  }
  if (run.phase === "running") {
    consider(run.review.nextAt);
    consider(changesAt(run));
    if (run.review.urgent === "resumed") consider(backBy(run));
  }
  if (run.phase === "stopping") consider(drainEnd(run));
  else if (run.attempts.hungry.size > 0) consider(nextDelayEnd(run.attempts.delays));
  return due !== undefined && due < run.at ? run.at : due;
}
