/** `csv:FILE#COLUMN`: what was measured, as the values of one column of a table, in seconds. */
import { dirname, resolve } from "node:path";
import { quoted, troubleAt, type Place } from "@stint/shared/misread.js";
import { wordHint } from "@stint/shared/nearest-word.js";
import type { Distribution } from "../../simulate/distribution.js";
import { columnOf, eachRow, measuredNumber, MEASURED_MOST, readTable, type Row } from "./rows-of-table.js";

export const isMeasured = (text: string): boolean => text.startsWith("csv:");

const EXAMPLE = "csv:boots.csv#boot_s";

/** @param beside the file that names it: relative paths begin there */
export async function readMeasured(text: string, beside: string, place: Place): Promise<Distribution> {
  const match = /^csv:(?<file>.+)#(?<column>[^#]+)$/su.exec(text);
  const { file = "", column = "" } = match?.groups ?? {};
  if (file === "" || file.includes("\0")) {
    throw troubleAt(place, {
      code: "bad-value",
      found: quoted(text),
      expected: "a file and one of its columns",
      hint: EXAMPLE,
    });
  }
  const path = resolve(dirname(beside), file);
  const values = columnValues(path, await readTable(path, "a table with a column of seconds"), column);
  return { kind: "values", values };
}

function columnValues(path: string, text: string, column: string): readonly number[] {
  const values: number[] = [];
  let index: number | undefined;
  eachRow({ path, text, separator: "," }, (row) => {
    if (index === undefined) {
      index = columnOf(row, column) ?? missing(path, column, row);
      return;
    }
    const cell = (row.cells[index] ?? "").trim();
    // Unknown is empty, in our tables too.
    if (cell !== "") values.push(measuredNumber(cell) ?? noNumber(path, cell, row));
  });
  if (values.length > 0) return values;
  throw troubleAt(
    { kind: "bad-input", where: path },
    {
      code: "empty-table",
      found: `no value in the column ${quoted(column)}`,
      expected: "one or more, in seconds",
      hint: EXAMPLE,
    },
  );
}

function missing(path: string, column: string, { cells, line }: Row): never {
  throw troubleAt(
    { kind: "bad-input", where: `${path}, line ${String(line)}` },
    {
      code: "no-such-column",
      found: `the columns ${quoted(cells.join(","))}`,
      expected: `a column ${quoted(column)}`,
      hint: wordHint(column, cells),
    },
  );
}

function noNumber(path: string, cell: string, { line }: Row): never {
  throw troubleAt(
    { kind: "bad-input", where: `${path}, line ${String(line)}` },
    {
      code: "bad-number",
      found: quoted(cell),
      expected: `seconds as a number from 0 to ${String(MEASURED_MOST)}`,
      hint: "a value that is not known is left empty",
    },
  );
}
