/** What else is to be said of a run that is over: attempts that were odd, what a task cost, what copies gained. */
import { formatCount, formatDuration, formatMoney, steadyDecimals } from "@stint/shared/format.js";
import { seconds, type Duration } from "@stint/shared/units.js";
import type { Summary } from "../../planner/report/summary.js";
import { fromUsd } from "./from-usd.js";
import { wrapWords } from "./printable.js";

export function noteLines(summary: Summary, cells: number): string[] {
  const notes = [attemptNote(summary), resumedNote(summary), pickNote(summary)];
  if (summary.budget_usd !== null || summary.spent_usd > 0) notes.push(costNote(summary));
  notes.push(copiesNote(summary));
  return notes.filter((note) => note !== "").flatMap((note) => wrapWords(note, cells, 3));
}

/** Why it may have come to more than was promised. */
const resumedNote = ({ resumed }: Summary): string =>
  resumed > 0
    ? `Taken up again ${resumed === 1 ? "once" : `${formatCount(resumed)} times`}; machines that had been given back were rented anew.`
    : "";

/** Machines may have ended the whole bag while the offers waited. */
const pickNote = ({ offers, chosen, tasks }: Summary): string =>
  offers.length > 0 && chosen === null && tasks.left === 0
    ? "No offer was picked: all tasks had ended before anybody chose."
    : "";

function attemptNote({ attempts, tasks }: Summary): string {
  const odd = [
    counted(attempts.failed, "failed", "failed"),
    counted(attempts.lost, "lost", "lost"),
    counted(attempts.cancelled, "cancelled", "cancelled"),
    counted(attempts.replicas, "copy", "copies"),
  ].filter((word) => word !== "");
  const total = `${plural(attempts.total, "attempt")} for ${plural(tasks.total, "task")}`;
  return odd.length === 0 ? `${total}.` : `${total}: ${odd.join(", ")}.`;
}

const plural = (count: number, word: string): string =>
  `${formatCount(count)} ${word}${count === 1 ? "" : "s"}`;

const counted = (count: number, one: string, many: string): string =>
  count === 0 ? "" : `${formatCount(count)} ${count === 1 ? one : many}`;

function costNote(summary: Summary): string {
  const { cost_per_task_usd: perTask, learning_usd: learning, cushion_usd: cushion } = summary;
  const amounts = [perTask, learning, cushion].map((amount) => fromUsd(amount ?? 0));
  // The same number of decimals, so that the eye can compare them.
  const decimals = steadyDecimals(amounts);
  const shown = (amount: number): string => formatMoney(fromUsd(amount), decimals);
  const words = [
    ...(perTask === null ? [] : [`A task cost ${shown(perTask)}.`]),
    ...(learning > 0 ? [`Of all this, learning cost ${shown(learning)}.`] : []),
    ...(cushion === null || cushion === 0 ? [] : [`The cushion was ${shown(cushion)}.`]),
  ];
  return words.join(" ");
}

function copiesNote({ copies }: Summary): string {
  const gain: Duration = seconds(copies.gain_s ?? 0);
  if (gain <= 0) return "";
  return copies.allowed
    ? `Copies of slow tasks gained about ${formatDuration(gain)}.`
    : `Copies of slow tasks would have gained about ${formatDuration(gain)} (--replicable allows them).`;
}
