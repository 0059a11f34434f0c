/** How wide are the pages of help? As wide as the terminal, and no word of them is broken. */
import { cellsFor, foldWords, widthOf } from "../../console/terminal/printable.js";

/** Of a terminal that does not say it, and of a pipe. */
const COLUMNS = 80;
/** Beyond this a description is hard to follow with the eye. */
const COLUMNS_MOST = 100;

export const helpCells = (columns: number = COLUMNS): number => cellsFor(Math.min(columns, COLUMNS_MOST));

/** Lines that fit stay as they are; what a longer one goes on with stands below the words of its last column. */
export const fittedText = (text: string, cells: number): string =>
  text
    .split("\n")
    .flatMap((line) => fittedLine(line, cells))
    .join("\n");

function fittedLine(line: string, cells: number): string[] {
  if (widthOf(line) <= cells) return [line];
  const [indent = ""] = /^ */u.exec(line) ?? [];
  const [gutter = ""] = /^ *(?:\S+(?: \S+)* {2,})?/u.exec(line) ?? [];
  const hang = gutter.length <= cells / 2 ? gutter.length : indent.length;
  const [first = "", ...more] = foldWords(line.slice(hang), cells - hang);
  return [line.slice(0, hang) + first, ...more.map((words) => " ".repeat(hang) + words.trimStart())];
}
