/** What would each budget have bought, as a table a person can read? Medians where there are several runs. */
import {
  decimalsForScale,
  formatCount,
  formatDuration,
  formatMoney,
  formatMoneyAbout,
  formatMoneyRange,
  formatTimeRange,
} from "@stint/shared/format.js";
import { microUsd, seconds, type MicroUsd } from "@stint/shared/units.js";
import { columnLines, type Column, type Row } from "../../console/terminal/columns.js";
import { fromUsd } from "../../console/terminal/from-usd.js";
import { piece } from "../../console/terminal/pieces.js";
import { wrapWords } from "../../console/terminal/printable.js";
import type { Summary } from "../../planner/report/summary.js";
import { byBudget, medianOf, type BudgetResult, type Comparison } from "./comparison.js";

const WIDTH = 80;
const COLUMNS: readonly Column[] = [
  { head: "budget", align: "right", spare: 0 },
  { head: "complete", align: "right", spare: 1 },
  { head: "done", align: "right", spare: 0 },
  { head: "promised time", align: "right", spare: 3 },
  { head: "took", align: "right", spare: 0 },
  { head: "promised cost", align: "right", spare: 4 },
  { head: "spent", align: "right", spare: 0 },
  { head: "per task", align: "right", spare: 5 },
];

export function comparisonLines(comparison: Comparison): string[] {
  const { input, runs } = comparison;
  const results = byBudget(runs);
  const each = results[0]?.runs.length ?? 0;
  const seeds =
    each === 1
      ? `seed ${String(input.seed)}`
      : `seeds ${String(input.seed)} to ${String(input.seed + each - 1)}`;
  const head = `${input.runtimes}: ${formatCount(input.tasks)} ${input.tasks === 1 ? "task" : "tasks"}, ${input.choose} picked, ${seeds}`;
  const dearest = Math.max(0, ...results.map(({ medians }) => medians.spent_usd ?? 0));
  const decimals = decimalsForScale(fromUsd(dearest));
  const notes = [
    ...runsNote(each, results.length),
    ...timeNote(runs),
    ...results.flatMap((result) => noteOf(result, input.policy)),
  ];
  return [
    ...wrapWords(head, WIDTH, 3),
    "",
    ...columnLines(
      COLUMNS,
      results.map((result) => rowOf(result, decimals)),
      WIDTH,
    ),
    ...(notes.length > 0 ? ["", ...notes.flatMap((note) => wrapWords(note, WIDTH, 3))] : []),
  ];
}

function rowOf({ budget, runs, complete, medians }: BudgetResult, decimals: number): Row {
  const picked = runs.flatMap(({ summary }) => pickedOffer(summary));
  const time = spreadOf(picked.map(({ time_s }) => time_s));
  const cost = spreadOf(picked.map(({ cost_usd }) => cost_usd));
  const took = medianOf(runs.flatMap(({ summary }) => timesOf(summary)?.afterPick ?? []));
  const money = (dollars: number): MicroUsd => fromUsd(dollars);
  return [
    piece(budget === undefined ? "none" : formatMoney(budget)),
    piece(runs.length === 1 ? (complete === 1 ? "yes" : "no") : `${String(complete)}/${String(runs.length)}`),
    piece(formatCount(Math.floor(medians.tasks_done ?? 0))),
    piece(time === undefined ? "–" : formatTimeRange({ p50: seconds(time.p50), p90: seconds(time.p90) })),
    piece(took === null ? "–" : formatDuration(seconds(took))),
    piece(
      cost === undefined ? "–" : formatMoneyRange({ p50: money(cost.p50), p90: money(cost.p90) }, decimals),
    ),
    piece(medians.spent_usd === null ? "–" : formatMoneyAbout(money(medians.spent_usd), decimals)),
    piece(perTask(medians.cost_per_task_usd)),
  ];
}

/** What was spent for each task that was done, as on a receipt. */
const perTask = (dollars: number | null): string =>
  dollars === null ? "–" : formatMoneyAbout(fromUsd(dollars), decimalsForScale(fromUsd(dollars)));

const pickedOffer = ({ offers, chosen }: Summary): Summary["offers"][number][] =>
  offers.filter(({ name }) => name === chosen);

function spreadOf(
  spreads: readonly { readonly p50: number; readonly p90: number }[],
): { readonly p50: number; readonly p90: number } | undefined {
  const p50 = medianOf(spreads.map((one) => one.p50));
  const p90 = medianOf(spreads.map((one) => one.p90));
  return p50 === null || p90 === null ? undefined : { p50, p90 };
}

/** A promise counts from the pick, and so does what is laid beside it; absent where nothing was picked. */
function timesOf({
  since_accepted_s: afterPick,
  makespan_s: whole,
}: Summary): { readonly learning: number; readonly afterPick: number } | undefined {
  if (afterPick === null || whole === null) return undefined;
  return { learning: Math.max(0, whole - afterPick), afterPick };
}

/** A larger budget may end later than a smaller one when each is run once, which looks like a mistake. */
function runsNote(each: number, budgets: number): string[] {
  if (each > 1) return ["Figures are medians."];
  if (budgets === 1) return [];
  return ["Each budget was run once, and runs differ by luck: --runs 30 shows medians."];
}

function timeNote(runs: Comparison["runs"]): string[] {
  const learning = runs.flatMap(({ summary }) => timesOf(summary)?.learning ?? []);
  if (learning.length === 0) return [];
  const [shortest, longest] = [Math.min(...learning), Math.max(...learning)];
  if (longest === 0) return ["Promised is P50–P90."];
  const before = formatTimeRange({ p50: seconds(shortest), p90: seconds(longest) });
  return [`Promised is P50–P90. Times count from the pick; learning before it took ${before}.`];
}

/**
 * Tasks that failed for good; what a budget would have to be, where it is too low for every plan; and that one was
 * passed, which must not be but under BaTS, to which the ledger only listens.
 */
function noteOf({ budget, runs, overBudget, lawless }: BudgetResult, policy: string): string[] {
  const shown = budget === undefined ? "no budget" : formatMoney(budget);
  const short = runs.flatMap(({ summary }) => summary.shortfall ?? []);
  const bought = medianOf(short.map((one) => one.tasks_bought.p50));
  const known = short.filter((one) => !one.whole_unknown);
  const needed = medianOf(known.map((one) => one.budget_needed_usd));
  const failed = Math.ceil(medianOf(runs.map(({ summary }) => summary.tasks.failed)) ?? 0);
  return [
    ...beyondNote(runs, shown),
    ...(failed === 0
      ? []
      : [`${shown}: ${formatCount(failed)} ${failed === 1 ? "task" : "tasks"} failed for good.`]),
    ...(bought === null
      ? []
      : [`${shown} buys about ${formatCount(Math.floor(bought))} tasks; ${wholeText(needed, runs)}.`]),
    ...(lawless === 0 ? [] : [`${shown}: a law did not hold in ${String(lawless)} runs: a defect of stint.`]),
    ...(overBudget === 0
      ? []
      : [
          `${shown} was passed in ${String(overBudget)} runs: ${policy === "bats" ? "BaTS does" : "a defect of stint"}.`,
        ]),
  ];
}

/** What was done is less than what the money buys, where nobody said to spend it on a part. */
function wholeText(dollars: number | null, runs: BudgetResult["runs"]): string {
  if (dollars === null) return "the whole needs more than that, and no task ended by which to tell how much";
  const needed = neededText(dollars);
  const stopped = runs.filter(
    ({ summary }) => summary.shortfall !== null && summary.accepted_at === null && summary.tasks.done > 0,
  ).length;
  if (stopped === 0) return `the whole needs about ${needed}`;
  const often = stopped === runs.length ? "" : ` in ${String(stopped)} of ${String(runs.length)} runs`;
  return `as the whole needs about ${needed}, it ended with the sample${often}`;
}

/** A pick that is not sure to stay inside the budget has a P90 beyond it: what the whole bag would cost then. */
function beyondNote(runs: BudgetResult["runs"], shown: string): string[] {
  const risky = runs.flatMap(({ summary }) => {
    const limit = summary.budget_usd ?? Infinity;
    return pickedOffer(summary).filter(({ cost_usd }) => cost_usd.p90 > limit);
  });
  const sure = medianOf(risky.map(({ p_within_budget }) => p_within_budget));
  if (sure === null) return [];
  const often =
    risky.length === runs.length ? "" : ` in ${String(risky.length)} of ${String(runs.length)} runs`;
  return [
    `${shown}: the pick was only ${String(Math.round(sure * 100))} % sure to be enough${often}: a promised cost beyond the budget is what the rest would cost, and is never spent.`,
  ];
}

const neededText = (dollars: number): string => {
  const amount = fromUsd(dollars);
  return formatMoneyAbout(microUsd(amount), decimalsForScale(amount));
};
