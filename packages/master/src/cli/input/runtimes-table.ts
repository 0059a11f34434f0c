/**
 * Runtimes from a CSV file: `task_id,runtime_s`, which a cluster's speed divides, or `task_id,t_CLUSTER,…` as each
 * cluster was measured. Further columns are left alone.
 */
import type { ClusterName } from "@stint/shared/ids.js";
import { quoted, troubleAt, type Misread } from "@stint/shared/misread.js";
import { columnHint } from "./column-reference.js";
import type { RecordedSeconds, Runtimes } from "../../simulate/runtimes.js";
import { columnOf, eachRow, measuredNumber, MEASURED_MOST, type Row } from "./rows-of-table.js";

const ID = "task_id";
const BASE = "runtime_s";

export function readRuntimesTable(path: string, text: string, clusters: readonly ClusterName[]): Runtimes {
  const ids = new IdsOfTable();
  const columns: number[][] = [];
  let header: Columns | undefined;
  eachRow({ path, text, separator: "," }, (row) => {
    const refuse = (words: Misread): never => refuseAt(path, row, words);
    if (header === undefined) {
      header = columnsOf(row, clusters, refuse);
      columns.push(...header.seconds.map(() => []));
      return;
    }
    ids.add(row.cells[header.id] ?? "", refuse);
    for (const [place, { column, name }] of header.seconds.entries()) {
      columns[place]?.push(readSeconds(row.cells[column] ?? "", name, refuse));
    }
  });
  if (header === undefined || ids.all.length === 0)
    throw troubleAt({ kind: "bad-input", where: path }, empty);
  const measured = columns.map((values) => Float64Array.from(values));
  return { kind: "recorded", ids: ids.all, seconds: toSeconds(header, measured) };
}

interface Columns {
  readonly id: number;
  readonly kind: RecordedSeconds["kind"];
  readonly seconds: readonly { readonly column: number; readonly name: string }[];
}

type Refuse = (words: Misread) => never;

function refuseAt(path: string, { line }: Row, words: Misread): never {
  throw troubleAt({ kind: "bad-input", where: `${path}, line ${String(line)}` }, words);
}

/** What was measured on each cluster is better than one number for all. */
function columnsOf(header: Row, clusters: readonly ClusterName[], refuse: Refuse): Columns {
  const id = columnOf(header, ID) ?? refuse(noColumn(header, ID));
  const names = clusters.map((cluster) => `t_${cluster}`);
  const measured = names.flatMap((name) => {
    const column = columnOf(header, name);
    return column === undefined ? [] : [{ column, name }];
  });
  if (measured.length === names.length && names.length > 0)
    return { id, kind: "by-cluster", seconds: measured };
  const base = columnOf(header, BASE);
  if (base !== undefined) return { id, kind: "base", seconds: [{ column: base, name: BASE }] };
  const anyMeasured = header.cells.some((cell) => cell.trim().startsWith("t_"));
  const missing = names.find((name) => columnOf(header, name) === undefined);
  return refuse(noColumn(header, anyMeasured && missing !== undefined ? missing : BASE));
}

const toSeconds = ({ kind }: Columns, measured: readonly Float64Array[]): RecordedSeconds =>
  kind === "base" ? { kind, base: measured[0] ?? new Float64Array() } : { kind, clusters: measured };

class IdsOfTable {
  readonly all: string[] = [];
  readonly #occurrences = new Map<string, number>();

  /** Recorded ids may come twice, as when an experiment was repeated: then they are told apart as a bag's lines are. */
  add(cell: string, refuse: Refuse): void {
    const id = cell.trim();
    if (id === "") refuse(noId);
    let name = id;
    while (this.#occurrences.has(name)) {
      const occurrence = (this.#occurrences.get(id) ?? 1) + 1;
      this.#occurrences.set(id, occurrence);
      name = `${id}-${String(occurrence)}`;
    }
    this.#occurrences.set(name, 1);
    this.all.push(name);
  }
}

function readSeconds(cell: string, column: string, refuse: Refuse): number {
  return (
    measuredNumber(cell) ??
    refuse({
      code: "bad-number",
      found: `${column}: ${cell.trim() === "" ? "nothing" : quoted(cell)}`,
      expected: `seconds as a number from 0 to ${String(MEASURED_MOST)}`,
      hint: "leave the task out if its runtime is not known",
    })
  );
}

function noColumn({ cells }: Row, column: string): Misread {
  const known = cells.map((cell) => cell.trim());
  return {
    code: "no-such-column",
    found: `the columns ${quoted(known.join(","))}`,
    expected: `a column ${column}`,
    hint:
      column === BASE || column === ID
        ? "the first line is task_id,runtime_s or task_id,t_CLUSTER,…"
        : columnHint(column, known),
  };
}

const noId: Misread = {
  code: "bad-id",
  found: "a task without an id",
  expected: `a name or number in the column ${ID}`,
  hint: "number them from 1",
};

const empty: Misread = {
  code: "empty-table",
  found: "no task",
  expected: "task_id,runtime_s in the first line, and a line for each task",
  hint: "is it the right file?",
};
