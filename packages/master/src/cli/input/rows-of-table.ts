/** Goes through the rows of a table in a file, CSV or with tabs, with the line that each ends on. */
import { readBlocks } from "@stint/shared/bag/read-lines.js";
import { quoted, troubleAt } from "@stint/shared/misread.js";
import { CsvError, parse } from "csv-parse/sync";
import { bytesOf } from "./open-file.js";

export interface Row {
  readonly cells: readonly string[];
  readonly line: number;
}

export const TABLE_CHARACTERS_MOST = 256 * 1024 * 1024;
const ROW_CHARACTERS_MOST = 1024 * 1024;

/** The whole text of a table; what stands there is not looked at. */
export async function readTable(path: string, what: string): Promise<string> {
  const blocks: string[] = [];
  let characters = 0;
  for await (const { text } of readBlocks(path, bytesOf(path, what))) {
    blocks.push(text);
    characters += text.length;
    if (characters > TABLE_CHARACTERS_MOST) {
      throw troubleAt(
        { kind: "bad-input", where: path },
        {
          code: "file-too-large",
          found: `more than ${String(TABLE_CHARACTERS_MOST)} characters`,
          expected: what,
          hint: "is it the right file?",
        },
      );
    }
  }
  return blocks.join("");
}

export interface Table {
  /** For trouble. */
  readonly path: string;
  readonly text: string;
  readonly separator: "," | "\t";
}

/** Rows are handed out and not kept; empty lines are skipped. */
export function eachRow({ path, text, separator }: Table, take: (row: Row) => void): void {
  try {
    parse(text, {
      delimiter: separator,
      // Tabs and line ends are escaped in a joblog, so that a quote is a quote.
      quote: separator === "," ? '"' : null,
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: ROW_CHARACTERS_MOST,
      on_record(cells: string[], { lines }) {
        take({ cells, line: lines });
        return null;
      },
    });
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    const lines: unknown = cause["lines"];
    const where = typeof lines === "number" ? `${path}, line ${String(lines)}` : path;
    throw troubleAt(
      { kind: "bad-input", where },
      {
        code: "bad-table",
        found: quoted(cause.message, 200).slice(1, -1),
        expected: "a table of comma-separated values",
        hint: 'a quote within quotes is doubled: "a ""b"" c"',
      },
    );
  }
}

/** Where the first of these columns stands; `undefined` where there is none. */
export const columnOf = (header: Row, name: string): number | undefined => {
  const index = header.cells.findIndex((cell) => cell.trim() === name);
  return index < 0 ? undefined : index;
};

/** A decimal number as programs write it; `undefined` for anything else, and below 0. */
export function measuredNumber(cell: string): number | undefined {
  const text = cell.trim();
  if (!/^\+?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/u.test(text)) return undefined;
  const value = Number(text);
  return value <= MEASURED_MOST ? value : undefined;
}

/** A hundred years in seconds. */
export const MEASURED_MOST = 36_525 * 86_400;
