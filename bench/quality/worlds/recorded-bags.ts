/**
 * Bags that were measured somewhere, read from a folder that is not part of the project and that `STINT_TRACES`
 * names. Larger ones are sampled down, always the same way.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { randomStream } from "@stint/master/planner/stats/draws.js";
import { bagOf, type DrawBag } from "@stint/master/simulate/published-bags.js";

/** Larger bags tell no more, and take longer. */
const TASKS_MOST = 1000;
const SEED = 20_000;

/** Absent where none is named: then worlds are generated alone. */
export function tracesFolder(): string | undefined {
  const folder = process.env["STINT_TRACES"];
  if (folder === undefined || folder === "") return undefined;
  if (!existsSync(join(folder, "bags")))
    throw new Error(
      `STINT_TRACES: found ${folder}, expected a folder in which bags/ lies; leave it out to do without`,
    );
  return folder;
}

type Row = Readonly<Record<string, string>>;

/** @param scale every runtime is made so many times longer: tasks of a second say nothing at hourly units */
export function recordedBag(folder: string, name: string, scale = 1): DrawBag {
  let base: Float64Array | undefined;
  return () => {
    base ??= Float64Array.from(
      rowsOf(join(folder, "bags", `${name}.csv`)),
      (row) => secondsOf(row, "runtime_s") * scale,
    );
    return bagOf(base);
  };
}

/** The same tasks as measured on several machines: a column for each cluster. Tasks that lack one are left out. */
export function recordedSet(
  folder: string,
  name: string,
  { columns, scale = 1 }: { readonly columns: readonly string[]; readonly scale?: number },
): DrawBag {
  let clusters: Float64Array[] | undefined;
  return () => {
    clusters ??= readColumns();
    const ids = Array.from(clusters[0] ?? [], (_, index) => String(index + 1));
    return { kind: "recorded", ids, seconds: { kind: "by-cluster", clusters } };
  };

  function readColumns(): Float64Array[] {
    const path = join(folder, "multi", `${name}.csv`);
    const complete = (row: Row): boolean => columns.every((column) => (row[`t_${column}`] ?? "") !== "");
    const rows = rowsOf(path, complete);
    return columns.map((column) => Float64Array.from(rows, (row) => secondsOf(row, `t_${column}`) * scale));
  }
}

/** Seconds from the request of a machine to its first line of user code, as measured in two clouds. */
export const recordedBoots = (folder: string): number[] =>
  readRows(join(folder, "startup", "vm_startup_aws_gcp.csv"))
    .map((row) => Number(row["user_code_starts_s"]))
    .filter((value) => Number.isFinite(value) && value > 0);

const rowsOf = (path: string, wanted: (row: Row) => boolean = () => true): readonly Row[] =>
  sampledDown(readRows(path).filter(wanted));

const readRows = (path: string): Row[] => parse(readFileSync(path), { columns: true });

function sampledDown(rows: Row[]): Row[] {
  if (rows.length <= TASKS_MOST) return rows;
  const stream = randomStream(SEED, "sampled-down");
  for (let index = 0; index < TASKS_MOST; index += 1) {
    const other = index + stream.below(rows.length - index);
    [rows[index], rows[other]] = [rows[other]!, rows[index]!];
  }
  return rows.slice(0, TASKS_MOST);
}

function secondsOf(row: Row, column: string): number {
  const value = Number(row[column]);
  if (!Number.isFinite(value) || value < 0)
    throw new RangeError(`${column} is no runtime: ${String(row[column])}`);
  return value;
}
