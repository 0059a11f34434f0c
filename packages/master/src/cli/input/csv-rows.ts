/** The rows of a CSV file one after the other, as a template takes its values from them; its first row names them. */
import { Readable } from "node:stream";
import { readBlocks } from "@stint/shared/bag/read-lines.js";
import type { Row } from "@stint/shared/bag/template/braces.js";
import { quoted, troubleAt, type Misread, type Place } from "@stint/shared/misread.js";
import { CsvError, parse } from "csv-parse";
import { bytesOf } from "./open-file.js";

export interface CsvRows {
  readonly header: Row;
  /** Streamed; trouble is thrown when its row is reached. */
  readonly rows: AsyncGenerator<Row>;
}

const WHAT = "a table of values (CSV)";
const ROW_CHARACTERS_MOST = 1024 * 1024;

interface Record {
  readonly record: string[];
  readonly info: { readonly lines: number };
}

/** Whoever opens it returns `rows` when no more are wanted. */
export async function openCsv(path: string): Promise<CsvRows> {
  const records = recordsOf(path);
  const first = await records.next();
  if (first.done === true) throw troubleAt({ kind: "bad-input", where: path }, NO_HEADER);
  const header = first.value.record.map((name) => name.trim());
  return { header, rows: rowsOf(path, header, records) };
}

async function* rowsOf(path: string, header: Row, records: AsyncGenerator<Record>): AsyncGenerator<Row> {
  for await (const { record, info } of records) {
    if (record.length !== header.length)
      throw troubleAt(lineIn(path, info.lines), raggedRow(record.length, header));
    yield record;
  }
}

async function* recordsOf(path: string): AsyncGenerator<Record> {
  const parser = parse({
    delimiter: path.toLowerCase().endsWith(".tsv") ? "\t" : ",",
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: ROW_CHARACTERS_MOST,
    info: true,
  });
  const text = Readable.from(textOf(path));
  // What is wrong with the file is thrown to whoever reads the rows.
  text.on("error", (cause) => parser.destroy(cause));
  text.pipe(parser);
  try {
    yield* parser as AsyncIterable<Record>;
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    const line: unknown = cause["lines"];
    throw troubleAt(lineIn(path, typeof line === "number" ? line : 1), noTable(cause.message));
  } finally {
    text.destroy();
  }
}

async function* textOf(path: string): AsyncGenerator<string> {
  for await (const { text } of readBlocks(path, bytesOf(path, WHAT))) yield text;
}

const lineIn = (path: string, line: number): Place => ({
  kind: "bad-input",
  where: `${path}, line ${String(line)}`,
});

const NO_HEADER: Misread = {
  code: "bad-table",
  found: "no row",
  expected: `${WHAT}: its first row names the columns`,
  hint: "frame,lens as the first line",
};

const raggedRow = (cells: number, header: Row): Misread => ({
  code: "bad-table",
  found: `${String(cells)} values`,
  expected: `${String(header.length)}, one for each column: ${header
    .map((name) => quoted(name))
    .join(", ")
    .slice(0, 200)}`,
  hint: 'a value with a comma in it is put in quotes: "a,b"',
});

const noTable = (message: string): Misread => ({
  code: "bad-table",
  found: quoted(message, 200).slice(1, -1),
  expected: WHAT,
  hint: 'a quote within quotes is doubled: "a ""b"" c"',
});
