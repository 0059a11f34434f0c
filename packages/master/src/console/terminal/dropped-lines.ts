/** Which variables of a person's environment do the tasks not get, and how would they? */
import { formatCount } from "@stint/shared/format.js";
import { cellsFor, printable, wrapWords } from "./printable.js";

const NAMES_MOST = 5;
const COLUMNS = 80;

/** No lines when nothing was kept back. */
export function droppedLines(names: readonly string[], columns: number = COLUMNS): string[] {
  if (names.length === 0) return [];
  const more = names.length - NAMES_MOST;
  const named = names.slice(0, NAMES_MOST).map(printable).join(", ");
  const all = more > 0 ? `${named} and ${formatCount(more)} more` : named;
  return wrapWords(
    `Tasks do not get what looks secret: ${all} (--env NAME gives one).`,
    cellsFor(columns),
    3,
  );
}
