/** In which words does a run say where it stands? Shared by the live screen and the plain lines. */
import {
  decimalsForScale,
  formatCount,
  formatMoney,
  formatMoneyRange,
  formatTimeRange,
  steadyDecimals,
} from "@stint/shared/format.js";
import { unreachable } from "@stint/shared/invariant.js";
import type { RunView } from "../../planner/view.js";
import type { EndState } from "../../planner/vocabulary/phase.js";

/** Is there any money in this run? A free one has no budget, no price and no bill, and says nothing of money. */
export const costsMoney = (view: RunView): boolean =>
  view.budget !== undefined || view.spent > 0 || view.clusters.some((cluster) => cluster.priceUsdPerHour > 0);

/** Does it stand still until somebody lets it go on? One that is stopping does not. */
export const isPaused = ({ paused, phase }: Pick<RunView, "paused" | "phase">): boolean =>
  paused === true && phase !== "stopping" && phase !== "ended";

export const phaseWords = (view: RunView): string => (isPaused(view) ? "paused" : wordsOfPhase(view));

function wordsOfPhase(view: RunView): string {
  switch (view.phase) {
    case "sampling":
      return view.sample === undefined
        ? "sampling"
        : `sampling, ${formatCount(view.sample.ended)} of ${formatCount(view.sample.size)} first tasks ended`;
    case "choosing":
      return view.offers === undefined ? "computing offers" : "waiting for a choice";
    case "running":
      return `${view.inTail ? "finishing the last tasks" : "running"}${chosenWords(view)}`;
    case "stopping":
      return "stopping, giving machines back";
    case "ended":
      return view.endState === undefined ? "ended" : endWords(view.endState, view.offers?.offers.length ?? 0);
    default:
      return unreachable(view.phase);
  }
}

const chosenWords = (view: RunView): string => (view.chosen === undefined ? "" : ` as ${view.chosen}`);

/** The end of a run in a few words. @param choices offers that there are to choose from */
export function endWords(state: EndState, choices: number): string {
  switch (state) {
    case "done":
      return "all tasks done";
    case "failed-tasks":
      return "ended, some tasks failed";
    case "budget-too-low":
      return "stopped, the budget is too low";
    case "stopped":
      return "stopped";
    case "needs-choice":
      return choices === 0 ? "not begun, there is nothing to choose" : "stopped, a choice is needed";
    default:
      return unreachable(state);
  }
}

/** One figure of the total line: the amount, which stands out, and what it is of. */
export interface TotalWord {
  readonly amount: string;
  readonly rest: string;
  readonly tone?: "bad";
}

/** Done of all, failed, running, next on its machine, time left, spent of the budget, expected cost: what is known of these. */
export function totalWords(view: RunView): TotalWord[] {
  const { tasks, timeLeft } = view;
  const words: TotalWord[] = [
    { amount: formatCount(tasks.done), rest: ` of ${formatCount(tasks.total)} done` },
    { amount: formatCount(tasks.failed), rest: " failed", ...(tasks.failed > 0 ? { tone: "bad" } : {}) },
    { amount: formatCount(tasks.running), rest: " running" },
  ];
  if (tasks.next !== undefined) words.push({ amount: formatCount(tasks.next), rest: " next" });
  if (tasks.quarantined !== undefined)
    words.push({ amount: formatCount(tasks.quarantined), rest: " in quarantine", tone: "bad" });
  if (tasks.left > 0) words.push({ amount: formatCount(tasks.left), rest: " left undone" });
  // Of a run that stands still nobody knows when it goes on.
  if (timeLeft !== undefined && view.phase === "running" && !isPaused(view))
    words.push({ amount: formatTimeRange(timeLeft), rest: " left" });
  if (costsMoney(view)) words.push(...moneyWords(view));
  return words;
}

function moneyWords({ spent, budget, finalCost, phase }: RunView): TotalWord[] {
  const words: TotalWord[] = [
    {
      amount: formatMoney(spent, steadyDecimals([spent])),
      rest: budget === undefined ? " spent" : ` of ${formatMoney(budget)} spent`,
    },
  ];
  if (finalCost !== undefined && phase !== "ended") {
    const decimals = decimalsForScale(finalCost.p90);
    words.push({ amount: formatMoneyRange(finalCost, decimals), rest: " expected in all" });
  }
  return words;
}
