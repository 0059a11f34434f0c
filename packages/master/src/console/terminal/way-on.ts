/** A run has ended, or was left: what can a person do now? Commands to paste, with the run's folder in them. */
import { formatMoneyFlag, roundedUp } from "@stint/shared/format.js";
import { unreachable } from "@stint/shared/invariant.js";
import { subtract, type MicroUsd } from "@stint/shared/units.js";
import type { Summary } from "../../planner/report/summary.js";
import { fromUsd } from "./from-usd.js";
import { howToChooseLines, type Choice } from "./how-to-choose.js";
import { shellWord } from "./shell-word.js";
import { shortfallLines } from "./shortfall.js";

export interface WayOnLook {
  /** The run's folder as a person would type it. */
  readonly folder: string;
  readonly columns: number;
  /** Is a master at work on the run at this moment? */
  readonly held?: boolean;
}

/** No lines when there is nothing left to do. */
export function wayOnLines(summary: Summary, look: WayOnLook): string[] {
  const run = shellWord(look.folder);
  switch (summary.state) {
    case "done":
      return [];
    case "failed-tasks":
      return ["What a task printed, by its number in joblog.tsv:", `  stint logs NUMBER --run ${run}`];
    case "needs-choice":
      return howToChooseLines({ offers: summary.offers.map(chosenBy) }, look.folder);
    case "budget-too-low":
      return tooLowLines(summary, look);
    case "stopped":
      return ["Nothing that is done is lost. To go on:", `  stint resume ${run}`];
    case "running":
      return look.held === true ? [] : ["No master is at work on it. To go on:", `  stint resume ${run}`];
    default:
      return unreachable(summary.state);
  }
}

const chosenBy = ({ name, same_as }: Summary["offers"][number]): Choice => ({
  name,
  ...(same_as !== null && { sameAs: same_as }),
});

function tooLowLines(summary: Summary, look: WayOnLook): string[] {
  const { shortfall, tasks } = summary;
  const budget = fromUsd(summary.budget_usd ?? 0);
  // Once something was accepted the money was spent on it: what it would have bought is no news any more.
  if (shortfall !== null && summary.accepted_at === null) {
    const short = { tasksBought: shortfall.tasks_bought, budgetNeeded: fromUsd(shortfall.budget_needed_usd) };
    return shortfallLines(short, { budget, tasks: tasks.total, folder: look.folder }, look.columns);
  }
  const run = shellWord(look.folder);
  const more = roundedUp(missing(summary, budget));
  return [
    `The money is used up. For the ${String(tasks.left)} tasks that are left, about as much a task as before:`,
    `  stint budget add ${formatMoneyFlag(more)} ${run} && stint resume ${run}`,
  ];
}

/** What is left at the mean cost of what is done; as much again when nothing is done. */
function missing({ tasks, spent_usd: spent, committed_usd }: Summary, budget: MicroUsd): MicroUsd {
  const perTask = tasks.done === 0 ? spent : spent / tasks.done;
  const needed = fromUsd(perTask * tasks.left);
  const free = subtract(budget, fromUsd(spent + committed_usd));
  return needed > free ? subtract(needed, free) : needed;
}
