/**
 * `prices: csv:FILE#COLUMN`: what a cluster's machines cost as time passes. The first column says when, as an instant
 * in UTC or in seconds; its first row is the start of the run, and a price holds until the next one.
 */
import { quoted, troubleAt, type Misread, type Place } from "@stint/shared/misread.js";
import { microUsdPerHour, seconds } from "@stint/shared/units.js";
import type { PriceAt } from "../../simulate/imagined-cluster.js";
import { noSuchColumn, parseReference, refuseCell } from "./column-reference.js";
import { columnOf, eachRow, readTable, type Row } from "./rows-of-table.js";

export const PRICES_EXAMPLE = "csv:spot.csv#usd_h";
/** Dollars an hour; no machine costs more. */
const PRICE_MOST = 1_000_000;

/** At least one, in the order of time; the first at the start of the run. @param beside as of `readMeasured` */
export async function readPrices(text: string, beside: string, place: Place): Promise<PriceAt[]> {
  const { path, column } = parseReference(text, { file: beside, place, example: PRICES_EXAMPLE });
  const table = await readTable(path, "a table of prices: when, and dollars an hour");
  const read = rowsOfPrices(path, table, column);
  const [first] = read;
  if (first !== undefined) return changesOf(read, first.at);
  throw troubleAt(
    { kind: "bad-input", where: path },
    {
      code: "empty-table",
      found: `no price in the column ${quoted(column)}`,
      expected: "one or more, in dollars an hour",
      hint: PRICES_EXAMPLE,
    },
  );
}

interface ReadPrice {
  /** In seconds. */
  readonly at: number;
  readonly price: number;
}

function rowsOfPrices(path: string, text: string, column: string): ReadPrice[] {
  const read: ReadPrice[] = [];
  let index: number | undefined;
  eachRow({ path, text, separator: "," }, (row) => {
    if (index === undefined) {
      index = columnOf(row, column) ?? refuseCell(path, row, noSuchColumn(column, row));
      if (index === 0) refuseCell(path, row, timeIsMissing(row));
      return;
    }
    const cell = (row.cells[index] ?? "").trim();
    // Where none is known, the last one holds.
    if (cell === "") return;
    const written = (row.cells[0] ?? "").trim();
    const at = secondsOf(written) ?? refuseCell(path, row, noTime(written));
    if (at < (read.at(-1)?.at ?? at)) refuseCell(path, row, outOfOrder(written));
    read.push({ at, price: dollarsOf(cell) ?? refuseCell(path, row, noPrice(cell)) });
  });
  return read;
}

/** Of several prices at one instant the last counts, and one that changes nothing is no change. */
function changesOf(read: readonly ReadPrice[], start: number): PriceAt[] {
  const changes: PriceAt[] = [];
  read.forEach(({ at, price }, place) => {
    const rounded = microUsdPerHour(Math.round(price * 1_000_000));
    if (read[place + 1]?.at === at || changes.at(-1)?.price === rounded) return;
    changes.push({ after: seconds(at - start), price: rounded });
  });
  return changes;
}

const NUMBER = /^\+?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/u;
const INSTANT = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|\+00:?00)?)?$/u;

function secondsOf(text: string): number | undefined {
  if (NUMBER.test(text)) return Number(text);
  if (!INSTANT.test(text)) return undefined;
  const utc = text.replace(" ", "T").replace(/(?:Z|\+00:?00)$/u, "");
  const at = Date.parse(utc.length > 10 ? `${utc}Z` : utc);
  return Number.isNaN(at) ? undefined : at / 1000;
}

const dollarsOf = (text: string): number | undefined =>
  NUMBER.test(text) && Number(text) <= PRICE_MOST ? Number(text) : undefined;

const timeIsMissing = ({ cells }: Row): Misread => ({
  code: "no-such-column",
  found: `the columns ${quoted(cells.join(","))}`,
  expected: "the time in the first column, prices in another",
  hint: "time_utc,usd_h",
});

const noTime = (text: string): Misread => ({
  code: "bad-time",
  found: text === "" ? "nothing" : quoted(text),
  expected: "when the price begins: an instant in UTC, or seconds",
  hint: "2026-01-02T03:04:05Z",
});

const outOfOrder = (text: string): Misread => ({
  code: "bad-time",
  found: `${quoted(text)}, which lies before the row above`,
  expected: "rows in the order of time",
  hint: "one file for each kind of machine, sorted",
});

const noPrice = (text: string): Misread => ({
  code: "bad-number",
  found: quoted(text),
  expected: `dollars an hour as a number from 0 to ${String(PRICE_MOST)}`,
  hint: "a price that is not known is left empty: the last one holds",
});
