/** Goes through the rows of a table in a file, CSV or with tabs, with the line that each ends on. */
import { readBlocks } from "@stint/shared/bag/read-lines.js";
import { quoted, troubleAt, type Misread } from "@stint/shared/misread.js";
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
  let header: Row | undefined;
  // The last field of a joblog is a command, which other programs write there with all its tabs.
  const look = (row: Row): void => {
    if (separator !== ",") return;
    if (header === undefined) refuseTwice(path, row);
    else if (row.cells.slice(header.cells.length).some((cell) => cell.trim() !== ""))
      refuseLong(path, row, header);
    header ??= row;
  };
  try {
    parse(text, {
      delimiter: separator,
      // Tabs and line ends are escaped in a joblog, so that a quote is a quote.
      quote: separator === "," ? '"' : null,
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: ROW_CHARACTERS_MOST,
      on_record(cells: string[], { lines }) {
        const row = { cells, line: lines };
        look(row);
        take(row);
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

const rowTrouble = (path: string, { line }: Row, words: Omit<Misread, "code">): Error =>
  troubleAt({ kind: "bad-input", where: `${path}, line ${String(line)}` }, { code: "bad-table", ...words });

/** Of two columns of one name nobody knows which is meant. */
function refuseTwice(path: string, header: Row): void {
  const names = header.cells.map((cell) => cell.trim());
  const twice = names.find((name, index) => name !== "" && names.indexOf(name) < index);
  if (twice === undefined) return;
  throw rowTrouble(path, header, {
    found: `the column ${quoted(twice)} twice`,
    expected: "a name for each column, each once",
    hint: "remove or rename one of them",
  });
}

/** As `1,5` for one and a half. */
function refuseLong(path: string, row: Row, header: Row): never {
  throw rowTrouble(path, row, {
    found: `${String(row.cells.length)} values`,
    expected: `${String(header.cells.length)} at most, one for each column`,
    hint: 'a decimal has a point (1.5); a value with a comma in it is put in quotes: "a,b"',
  });
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
