/** A run has ended, or was left: what can a person do now? Commands to paste, with the run's folder in them. */
import { formatCount } from "@stint/shared/format.js";
import { unreachable } from "@stint/shared/invariant.js";
import type { Summary } from "../../planner/report/summary.js";
import { fromUsd } from "./from-usd.js";
import { howToChooseLines, type Choice } from "./how-to-choose.js";
import { shellWord } from "./shell-word.js";
import { cellsFor, wrapWords } from "./printable.js";
import { budgetAddLines, shortfallLines } from "./shortfall.js";

export interface WayOnLook {
  /** The run's folder as a person would type it. */
  readonly folder: string;
  readonly columns: number;
  /** Is a master at work on the run at this moment? */
  readonly held?: boolean;
}

/** No lines when somebody is at work on it. */
export function wayOnLines(summary: Summary, look: WayOnLook): string[] {
  const run = shellWord(look.folder);
  switch (summary.state) {
    case "done":
      return ["What the tasks printed, in the order of the bag:", `  stint logs --all --stdout --run ${run}`];
    case "failed-tasks":
      return failedLines(summary, run);
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

function failedLines({ failures, tasks }: Summary, run: string): string[] {
  const example = failures?.[0]?.example_task;
  return [
    "What a task printed, by its number in joblog.tsv:",
    `  stint logs ${example === undefined ? "NUMBER" : String(example)} --run ${run}`,
    tasks.left === 0
      ? "When the cause is mended in what they call, the failed ones again:"
      : "When the cause is mended in what they call, the failed ones again, then the rest:",
    `  stint retry --failed ${run}`,
    ...(tasks.left === 0 ? [] : ["To go on with the rest alone, all the same:", `  stint resume ${run}`]),
    "A mistake in the commands themselves: mend the bag and `stint run` it anew.",
  ];
}

const chosenBy = ({ name, same_as }: Summary["offers"][number]): Choice => ({
  name,
  ...(same_as !== null && { sameAs: same_as }),
});

function tooLowLines(summary: Summary, look: WayOnLook): string[] {
  const { shortfall, tasks } = summary;
  if (shortfall === null) return [];
  const budget = fromUsd(summary.budget_usd ?? 0);
  const budgetNeeded = fromUsd(shortfall.budget_needed_usd);
  if (summary.accepted_at === null && tasks.done > 0) {
    const short = { tasksBought: shortfall.tasks_bought, budgetNeeded };
    return shortfallLines(
      short,
      { budget, tasks: tasks.total, done: tasks.done, folder: look.folder },
      look.columns,
    );
  }
  return [
    ...wrapWords(whyTooLow(summary), cellsFor(look.columns), WHY_LINES),
    ...budgetAddLines("  ", { needed: budgetNeeded, budget, folder: look.folder }, look.columns),
  ];
}

const WHY_LINES = 3;

function whyTooLow({ tasks, accepted_at: acceptedAt, spent_usd: spent }: Summary): string {
  const left = `the ${plural(tasks.left, "task")}`;
  if (tasks.done > 0)
    return `The money is used up. For ${left} that ${tasks.left === 1 ? "is" : "are"} left, this much is likely to suffice:`;
  if (tasks.failed > 0)
    return `The money is used up, and no task is done. To go on with ${left} that ${tasks.left === 1 ? "is" : "are"} left:`;
  if (acceptedAt === null && spent > 0)
    return `No task has ended for what was spent, so that nobody can tell what ${left} need; more than there was. With twice the money:`;
  return acceptedAt === null
    ? `The money is too little to find out how long a task takes. The least to begin with; what ${left} cost in all is said when some have run:`
    : `The money does not buy the first unit of any machine. To begin with ${left}:`;
}

const plural = (count: number, noun: string): string =>
  `${formatCount(count)} ${noun}${count === 1 ? "" : "s"}`;
