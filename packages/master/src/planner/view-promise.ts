/** What was promised by the offer that was picked, and whether one is to be picked. */
import type { LiveView } from "@stint/shared/api/live-view.js";
import { secondsOf, stamp, usd } from "./report/summary-words.js";
import { acceptedAt } from "./report/time-taken.js";
import type { Run } from "./run-state.js";

/** Null where nothing was promised, as for a bag that was begun without an offer. */
export function viewPromise(run: Run): LiveView["promise"] {
  const { accepted } = run.offer;
  const at = stamp(acceptedAt(run));
  if (accepted === undefined || at === null) return null;
  return {
    offer: accepted.name,
    accepted_at: at,
    time_s: { p50: secondsOf(accepted.time.p50), p90: secondsOf(accepted.time.p90) },
    cost_usd: { p50: usd(accepted.cost.p50), p90: usd(accepted.cost.p90) },
  };
}

/** Somebody must pick an offer before the run goes on. */
export function awaitsChoice({ phase, offer }: Pick<Run, "phase" | "offer">): boolean {
  const { offers, awaited, pendingPick, refused } = offer;
  if (phase !== "choosing" || offers === undefined || offers.offers.length === 0) return false;
  return awaited === undefined && pendingPick === undefined && !refused;
}
