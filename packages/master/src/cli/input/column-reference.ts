/** `csv:FILE#COLUMN`: which column of which table is meant? */
import { dirname, resolve } from "node:path";
import { quoted, troubleAt, type Misread, type Place } from "@stint/shared/misread.js";
import { nearestWord } from "@stint/shared/nearest-word.js";
import type { Row } from "./rows-of-table.js";

export interface ColumnReference {
  readonly path: string;
  readonly column: string;
}

export const isReference = (text: string): boolean => text.startsWith("csv:");

export interface Beside {
  /** The file that names it: relative paths begin there. */
  readonly file: string;
  readonly place: Place;
  /** How one is written, for hints. */
  readonly example: string;
}

export function parseReference(text: string, { file: beside, place, example }: Beside): ColumnReference {
  const match = /^csv:(?<file>.+)#(?<column>[^#]+)$/su.exec(text);
  const { file = "", column = "" } = match?.groups ?? {};
  if (file === "" || file.includes("\0")) {
    throw troubleAt(place, {
      code: "bad-value",
      found: quoted(text),
      expected: "a file and one of its columns",
      hint: example,
    });
  }
  return { path: resolve(dirname(beside), file), column };
}

export function refuseCell(path: string, { line }: Row, words: Misread): never {
  throw troubleAt({ kind: "bad-input", where: `${path}, line ${String(line)}` }, words);
}

/** A name of one letter is near to every other. */
export function columnHint(column: string, known: readonly string[]): string {
  const near = nearestWord(
    column,
    known.filter((name) => name.trim().length > 1),
  );
  return near === undefined
    ? "name one that the first line has, or add it to the table"
    : `did you mean "${near}"?`;
}

export const noSuchColumn = (column: string, { cells }: Row): Misread => ({
  code: "no-such-column",
  found: `the columns ${quoted(cells.join(","))}`,
  expected: `a column ${quoted(column)}`,
  hint: columnHint(column, cells),
});
