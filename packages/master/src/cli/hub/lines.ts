/** A run's line in the list of all, where none has been heard from its process, or the last one is not the last word. */
import type { RunLine } from "@stint/shared/api/runs.js";
import type { Summary } from "../../planner/report/summary.js";
import type { Entry } from "./registry.js";

/** @param trouble its process ended again and again */
export function lineOf(
  { run, bag, goes_on, budget_micro_usd: budget, submitted_at, line }: Entry,
  trouble: boolean,
): RunLine {
  const known: RunLine = line ?? {
    run,
    bag,
    phase: "queued",
    state: "running",
    awaits_choice: false,
    tasks: { total: 0, done: 0, failed: 0 },
    budget_usd: budget === null ? null : budget / 1_000_000,
    spent_usd: 0,
    committed_usd: 0,
    started_at: submitted_at,
    ended_at: null,
  };
  return goes_on && trouble ? { ...known, phase: "unreachable" } : known;
}

export const lineOfEnded = (summary: Summary): RunLine => ({
  run: summary.run,
  bag: summary.bag,
  phase: "ended",
  state: summary.state,
  awaits_choice: false,
  tasks: {
    total: summary.tasks.total,
    done: summary.tasks.done,
    failed: summary.tasks.failed + summary.tasks.quarantined,
  },
  budget_usd: summary.budget_usd,
  spent_usd: summary.spent_usd,
  committed_usd: summary.committed_usd,
  started_at: summary.started_at,
  ended_at: summary.ended_at,
});
