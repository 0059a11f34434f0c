/** What did each budget buy? Runs of an imagined world laid together, with the medians of each budget. */
import { usd } from "../../planner/report/summary-words.js";
import type { Summary } from "../../planner/report/summary.js";
import type { OfferName } from "../../planner/vocabulary/settings.js";
import type { MicroUsd } from "@stint/shared/units.js";

export interface ImaginedRun {
  readonly seed: number;
  readonly budget: MicroUsd | undefined;
  readonly summary: Summary;
  /** Did every record keep the laws? */
  readonly lawful: boolean;
}

export interface Comparison {
  readonly input: {
    readonly runtimes: string;
    readonly clusters: string;
    readonly policy: string;
    readonly choose: OfferName;
    readonly seed: number;
    readonly tasks: number;
  };
  /** Budget by budget, seed by seed. */
  readonly runs: readonly ImaginedRun[];
}

/** Medians over runs; null where no run has the figure. */
export interface Medians {
  readonly makespan_s: number | null;
  readonly spent_usd: number | null;
  readonly tasks_done: number | null;
  readonly useful_usd: number | null;
  readonly learning_usd: number | null;
  readonly cost_per_task_usd: number | null;
}

export interface BudgetResult {
  readonly budget: MicroUsd | undefined;
  readonly runs: readonly ImaginedRun[];
  readonly complete: number;
  readonly overBudget: number;
  readonly lawless: number;
  readonly medians: Medians;
}

export function comparisonDocument({ input, runs }: Comparison): unknown {
  return {
    schema: 1,
    input,
    runs: runs.map(({ seed, summary }) => ({ seed, ...summary })),
    medians: mediansOf(runs),
    over_budget_runs: runs.filter(isOverBudget).length,
    incomplete_runs: runs.filter((run) => !isComplete(run)).length,
    budgets: byBudget(runs).map((result) => ({
      budget_usd: result.budget === undefined ? null : usd(result.budget),
      runs: result.runs.length,
      incomplete_runs: result.runs.length - result.complete,
      over_budget_runs: result.overBudget,
      medians: result.medians,
    })),
  };
}

/** In the order in which the budgets were named. */
export function byBudget(runs: readonly ImaginedRun[]): BudgetResult[] {
  const budgets = [...new Set(runs.map(({ budget }) => budget))];
  return budgets.map((budget) => {
    const these = runs.filter((run) => run.budget === budget);
    return {
      budget,
      runs: these,
      complete: these.filter(isComplete).length,
      overBudget: these.filter(isOverBudget).length,
      lawless: these.filter(({ lawful }) => !lawful).length,
      medians: mediansOf(these),
    };
  });
}

const isComplete = ({ summary }: ImaginedRun): boolean => summary.tasks.left === 0;
const isOverBudget = ({ summary }: ImaginedRun): boolean =>
  summary.budget_usd !== null && summary.spent_usd > summary.budget_usd;

const mediansOf = (runs: readonly ImaginedRun[]): Medians => {
  const median = (of: (summary: Summary) => number | null): number | null =>
    medianOf(runs.flatMap(({ summary }) => of(summary) ?? []));
  return {
    makespan_s: median((summary) => summary.makespan_s),
    spent_usd: median((summary) => summary.spent_usd),
    tasks_done: median((summary) => summary.tasks.done),
    useful_usd: median((summary) => summary.useful_usd),
    learning_usd: median((summary) => summary.learning_usd),
    cost_per_task_usd: median((summary) => summary.cost_per_task_usd),
  };
};

/** The middle one, or the mean of the two in the middle; six digits. */
export function medianOf(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const high = sorted[middle];
  if (high === undefined) return null;
  const low = sorted.length % 2 === 1 ? high : (sorted[middle - 1] ?? high);
  return Number(((low + high) / 2).toFixed(6));
}
