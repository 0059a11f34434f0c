/** What charts draw a run's past against, whether it goes on or is told by its receipt. Instants are in seconds. */
import type { LiveView } from "@stint/shared/api/live-view.js";
import type { SummaryDocument } from "@stint/shared/api/summary.js";
import type { Spread } from "../words/money.js";

export interface Shown {
  readonly ended: boolean;
  readonly total: number;
  readonly done: number;
  readonly spent: number;
  readonly committed: number;
  readonly budget: number | undefined;
  readonly finalCost: Spread | undefined;
  /** When a promise says that the last result is there, and since when it does. */
  readonly promised: (Spread & { readonly from: number }) | undefined;
}

export const shownOfView = (view: LiveView): Shown => ({
  ended: view.phase === "ended",
  total: view.tasks.total,
  done: view.tasks.done,
  spent: view.spent_usd,
  committed: view.committed_usd,
  budget: view.budget_usd ?? undefined,
  finalCost: view.final_cost_usd ?? undefined,
  promised: view.promise === null ? undefined : promisedEnds(view.promise.accepted_at, view.promise.time_s),
});

export function shownOfSummary(summary: SummaryDocument): Shown {
  const offer = summary.offers.find(({ name }) => name === summary.chosen);
  const { accepted_at } = summary;
  return {
    ended: summary.ended_at !== null,
    total: summary.tasks.total,
    done: summary.tasks.done,
    spent: summary.spent_usd,
    committed: summary.committed_usd,
    budget: summary.budget_usd ?? undefined,
    finalCost: undefined,
    promised:
      offer === undefined || accepted_at === null ? undefined : promisedEnds(accepted_at, offer.time_s),
  };
}

function promisedEnds(acceptedAt: string, time: Spread): Spread & { readonly from: number } {
  const from = Date.parse(acceptedAt) / 1_000;
  return { from, p50: from + time.p50, p90: from + time.p90 };
}

/** Where a forecast leads from the newest row; nothing ends before now. */
export function endsFrom(now: number, ends: Spread | undefined): Spread | undefined {
  return ends === undefined ? undefined : { p50: Math.max(now, ends.p50), p90: Math.max(now, ends.p90) };
}
