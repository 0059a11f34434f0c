/**
 * Runtimes from a joblog, stint's own or GNU parallel's: those of the attempts whose result was kept, a task each,
 * in the order of their numbers. What a task took on a cluster whose speed is known would have taken that many times as
 * long on a machine of speed 1; of any other it is taken for that.
 */
import { quoted, troubleAt, type Misread } from "@stint/shared/misread.js";
import type { Runtimes } from "../../simulate/runtimes.js";
import { columnOf, eachRow, measuredNumber, MEASURED_MOST, type Row } from "./rows-of-table.js";

export const isJoblog = (text: string): boolean => /^Seq\tHost\tStarttime\tJobRuntime\t/u.test(text);

/** @param speeds of clusters, by the names that the joblog has for them */
export function readJoblog(path: string, text: string, speeds: ReadonlyMap<string, number>): Runtimes {
  const kept = new Map<number, { readonly seconds: number; readonly line: number }>();
  let columns: Columns | undefined;
  eachRow({ path, text, separator: "\t" }, (row) => {
    if (columns === undefined) {
      columns = columnsOf(row);
      return;
    }
    const refuse = (words: Misread): never => refuseAt(path, row, words);
    if (!isKept(row, columns)) return;
    const number = readNumber(row.cells[columns.seq] ?? "", refuse);
    const before = kept.get(number);
    if (before !== undefined) refuse(twice(number, before.line));
    const speed = speeds.get(row.cells[columns.cluster ?? -1] ?? "") ?? 1;
    const taken = readSeconds(row.cells[columns.runtime] ?? "", refuse);
    kept.set(number, { seconds: Math.min(taken * speed, MEASURED_MOST), line: row.line });
  });
  if (kept.size === 0) throw troubleAt({ kind: "bad-input", where: path }, noneDone);
  const rows = [...kept].sort(([a], [b]) => a - b);
  return {
    kind: "recorded",
    ids: rows.map(([number]) => String(number)),
    seconds: { kind: "base", base: Float64Array.from(rows, ([, { seconds }]) => seconds) },
  };
}

interface Columns {
  readonly seq: number;
  readonly runtime: number;
  readonly exitval: number | undefined;
  readonly signal: number | undefined;
  /** Only stint says it; parallel has one row a task, and its result is kept if it exited with 0. */
  readonly outcome: number | undefined;
  readonly cluster: number | undefined;
}

const columnsOf = (header: Row): Columns => ({
  seq: 0,
  runtime: 3,
  exitval: columnOf(header, "Exitval"),
  signal: columnOf(header, "Signal"),
  outcome: columnOf(header, "Outcome"),
  cluster: columnOf(header, "Cluster"),
});

function isKept({ cells }: Row, { outcome, exitval, signal }: Columns): boolean {
  if (outcome !== undefined) return cells[outcome] === "done";
  return cells[exitval ?? -1] === "0" && cells[signal ?? -1] === "0";
}

type Refuse = (words: Misread) => never;

function refuseAt(path: string, { line }: Row, words: Misread): never {
  throw troubleAt({ kind: "bad-input", where: `${path}, line ${String(line)}` }, words);
}

function readNumber(cell: string, refuse: Refuse): number {
  if (/^[1-9]\d{0,14}$/u.test(cell)) return Number(cell);
  return refuse({
    code: "bad-number",
    found: `Seq ${quoted(cell)}`,
    expected: "a task's number from 1",
    hint: "is it a joblog as it was written?",
  });
}

function readSeconds(cell: string, refuse: Refuse): number {
  return (
    measuredNumber(cell) ??
    refuse({
      code: "bad-number",
      found: `JobRuntime ${quoted(cell)}`,
      expected: `seconds as a number from 0 to ${String(MEASURED_MOST)}`,
      hint: "is it a joblog as it was written?",
    })
  );
}

const twice = (number: number, line: number): Misread => ({
  code: "duplicate-id",
  found: `task ${String(number)} done again, after line ${String(line)}`,
  expected: "one result for each task",
  hint: "several joblogs in one file? give one of them",
});

const noneDone: Misread = {
  code: "empty-table",
  found: "no attempt that was done",
  expected: "a joblog with results",
  hint: "a run that has done some tasks has one: runs/latest/joblog.tsv",
};
