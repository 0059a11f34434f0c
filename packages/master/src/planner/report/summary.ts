/** summary.json as a type: the figures of a run for machines, in the units of its field names. */
import type { EndState } from "../vocabulary/phase.js";
import type { OfferName } from "../vocabulary/settings.js";
import type { WasteKind } from "../vocabulary/waste.js";

export interface SummaryOffer {
  readonly name: OfferName;
  readonly machines: Readonly<Record<string, number>>;
  /** What is left of them towards the end; null where all stay. */
  readonly machines_later: Readonly<Record<string, number>> | null;
  readonly time_s: { readonly p50: number; readonly p90: number };
  /** Decimal dollars with six digits; a number, exact to the micro-dollar. */
  readonly cost_usd: { readonly p50: number; readonly p90: number };
  readonly p_within_budget: number;
  /** Nine of ten runs of such bags stay below P90; not where tasks differ so much that the sample may miss the longest. */
  readonly calibrated: boolean;
  readonly same_as: OfferName | null;
}

export interface SummaryCluster {
  readonly machines: number;
  readonly atus: number;
  readonly spent_usd: number;
  readonly tasks: number;
  readonly mean_s: number | null;
}

/** Tasks that failed alike and are not done. */
export interface SummaryFailure {
  /** `lost`: in quarantine, as its machines went away again and again. */
  readonly outcome: "failed" | "timeout" | "lost";
  readonly exit_code: number | null;
  readonly signal: string | null;
  /**
   * Of standard error, of the first such task; in the others only numbers may differ, or the name of an output that
   * was not written, which then is left out. May hold anything.
   */
  readonly last_line: string | null;
  readonly count: number;
  /** The first of them by number. */
  readonly example_task: number;
}

export interface SummaryFailures {
  /** The largest groups, at most ten; not looked for while a run goes on, nor in an imagined one. */
  readonly failures: readonly SummaryFailure[] | null;
  /** Tasks that failed and are in none of these groups. */
  readonly failures_rest: number;
}

export interface Summary extends SummaryFailures {
  readonly schema: 1;
  readonly run: string;
  readonly bag: string;
  readonly state: EndState | "running";
  readonly budget_usd: number | null;
  readonly spent_usd: number;
  readonly committed_usd: number;
  readonly tasks: {
    readonly total: number;
    readonly done: number;
    readonly failed: number;
    readonly quarantined: number;
    readonly left: number;
  };
  readonly attempts: {
    readonly total: number;
    readonly failed: number;
    readonly lost: number;
    readonly replicas: number;
    readonly cancelled: number;
  };
  readonly started_at: string;
  readonly accepted_at: string | null;
  readonly ended_at: string | null;
  readonly sampling_s: number | null;
  /** From the first rent to the last result that was kept; a time in which the run stood still is not in it. */
  readonly makespan_s: number | null;
  /** Of it, what came after the acceptance: the time that a promise is about. */
  readonly since_accepted_s: number | null;
  /** How often it was taken up again, each time with new machines for those that had been given back. */
  readonly resumed: number;
  readonly offers: readonly SummaryOffer[];
  readonly chosen: OfferName | null;
  readonly clusters: Readonly<Record<string, SummaryCluster>>;
  readonly useful_usd: number;
  readonly waste_usd: Readonly<Record<WasteKind, number>>;
  /** All that was spent, for each task that is done. */
  readonly cost_per_task_usd: number | null;
  readonly learning_usd: number;
  readonly cushion_usd: number | null;
  readonly copies: { readonly allowed: boolean; readonly gain_s: number | null };
  /** Why it ended, as a clause; unknown until then. */
  readonly ended_because: string | null;
  /** With state budget-too-low or an infeasible offer: what the money buys, and what the whole would need. */
  readonly shortfall: {
    readonly tasks_bought: { readonly p50: number; readonly p90: number };
    /** The least that is worth trying again with, also where what the whole needs is unknown. */
    readonly budget_needed_usd: number;
    /** No task has ended by which to tell. */
    readonly whole_unknown: boolean;
  } | null;
}
