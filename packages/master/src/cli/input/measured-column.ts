/** `csv:FILE#COLUMN`: what was measured, as the values of one column of a table, in seconds. */
import { quoted, troubleAt, type Place } from "@stint/shared/misread.js";
import type { Distribution } from "../../simulate/distribution.js";
import { noSuchColumn, parseReference, refuseCell } from "./column-reference.js";
import { columnOf, eachRow, measuredNumber, MEASURED_MOST, readTable } from "./rows-of-table.js";

const EXAMPLE = "csv:boots.csv#boot_s";

/** @param beside the file that names it: relative paths begin there */
export async function readMeasured(text: string, beside: string, place: Place): Promise<Distribution> {
  const { path, column } = parseReference(text, { file: beside, place, example: EXAMPLE });
  const values = columnValues(path, await readTable(path, "a table with a column of seconds"), column);
  return { kind: "values", values };
}

function columnValues(path: string, text: string, column: string): readonly number[] {
  const values: number[] = [];
  let index: number | undefined;
  eachRow({ path, text, separator: "," }, (row) => {
    if (index === undefined) {
      index = columnOf(row, column) ?? refuseCell(path, row, noSuchColumn(column, row));
      return;
    }
    const cell = (row.cells[index] ?? "").trim();
    // Unknown is empty, in our tables too.
    if (cell !== "") values.push(measuredNumber(cell) ?? refuseCell(path, row, noNumber(cell)));
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

const noNumber = (cell: string) => ({
  code: "bad-number",
  found: quoted(cell),
  expected: `seconds as a number from 0 to ${String(MEASURED_MOST)}`,
  hint: "a value that is not known is left empty",
});
