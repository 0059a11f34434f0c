/**
 * How do words become lines that fit? A line is made of pieces, each with its own colour; it is measured and
 * cut as plain text and painted last, so that no escape sequence is ever cut or counted.
 */
import type { Paint } from "./ink.js";
import { cutTo, printable, widthOf } from "./printable.js";

export interface Piece {
  readonly text: string;
  readonly paint?: Paint;
}

export const piece = (text: string, paint?: Paint): Piece =>
  paint === undefined ? { text: printable(text) } : { text: printable(text), paint };

const painted = ({ text, paint }: Piece): string => (paint === undefined || text === "" ? text : paint(text));

const widthTogether = (pieces: readonly Piece[]): number =>
  pieces.reduce((sum, { text }) => sum + widthOf(text), 0);

/** One line of at most that many cells. */
export function fitLine(pieces: readonly Piece[], cells: number): string {
  let left = cells;
  let line = "";
  for (const one of pieces) {
    const text = cutTo(one.text, left);
    line += painted({ ...one, text });
    left -= widthOf(text);
    if (text !== one.text) break;
  }
  return line;
}

/** Both ends of a line, the right one kept whole. */
export function spreadLine(start: readonly Piece[], end: readonly Piece[], cells: number): string {
  const room = cells - widthTogether(end);
  const gap = room - widthTogether(start);
  if (room < 8) return fitLine(start, cells);
  const space = piece(" ".repeat(Math.max(1, gap)));
  return fitLine(start, room - 1) + fitLine([space, ...end], cells);
}

/** Groups side by side with a dot between, as many to a line as fit; a group is broken only when it must be. */
export function flowLines(groups: readonly (readonly Piece[])[], cells: number): string[] {
  const dot = piece(" · ");
  const lines: Piece[][] = [];
  for (const group of groups) {
    const line = lines.at(-1);
    if (line !== undefined && widthTogether(line) + 3 + widthTogether(group) <= cells)
      line.push(dot, ...group);
    else lines.push([...group]);
  }
  return lines.map((line) => fitLine(line, cells));
}
