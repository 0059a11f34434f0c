/** What stands below the offers: what their marks mean, and what no sample can know. */
import { formatCount, formatDuration } from "@stint/shared/format.js";
import type { Offers } from "../../planner/offer/records.js";

export function offerNotes(
  { offers, copiesWouldGain, learntFrom }: Offers,
  { money, mark }: { readonly money: boolean; readonly mark: string },
): string[] {
  const notes = [`▸ ${mark}. P50: as likely less as more; P90: nine of ten runs stay below.`];
  if (money && offers.some(({ risky }) => risky))
    notes.push("! less than 90 % sure to end within the budget.");
  if (learntFrom?.calibrated === false) {
    notes.push(
      `Runtimes are scattered (standard deviation ${learntFrom.cv.toFixed(1)} of the mean): ` +
        `${formatCount(learntFrom.results)} tasks cannot show how many of the longest there are, and P90 is passed more often.`,
    );
  }
  if (copiesWouldGain !== undefined) {
    notes.push(
      `Copies of slow tasks would gain about ${formatDuration(copiesWouldGain)}; allow them with --replicable ` +
        "when a task may run twice at once.",
    );
  }
  return notes;
}
