/** How long do the tasks of a simulation take: as a file has recorded it, or as a distribution makes it up? */
import { troubleAt } from "@stint/shared/misread.js";
import type { ClusterName } from "@stint/shared/ids.js";
import type { Runtimes } from "../../simulate/runtimes.js";
import { looksDrawn, parseDistribution } from "./parse-distribution.js";
import { readJoblog, isJoblog } from "./runtimes-joblog.js";
import { readRuntimesTable } from "./runtimes-table.js";
import { fileExists } from "./open-file.js";
import { readTable } from "./rows-of-table.js";

export const DRAWN_TASKS_MOST = 10_000_000;

export interface RuntimesWish {
  /** `--tasks`: for a distribution, and only there. */
  readonly tasks?: number;
  /** Their names are looked for in columns `t_NAME`, in this order. */
  readonly clusters: readonly ClusterName[];
  /** How fast a joblog's clusters were; of one that is not here: 1. */
  readonly speeds?: ReadonlyMap<string, number>;
}

const NO_SPEEDS: ReadonlyMap<string, number> = new Map();

/** @param what a file, or a distribution as `normal(15min,2.27min)` */
export async function readRuntimes(what: string, wish: RuntimesWish): Promise<Runtimes> {
  const { tasks, clusters, speeds = NO_SPEEDS } = wish;
  if (looksDrawn(what) && !fileExists(what)) return drawnRuntimes(what, tasks);
  if (tasks !== undefined) throw troubleAt({ kind: "usage", where: "--tasks" }, tasksOfFile(what));
  const text = await readTable(what, "a file of runtimes, or a distribution");
  return isJoblog(text) ? readJoblog(what, text, speeds) : readRuntimesTable(what, text, clusters);
}

function drawnRuntimes(text: string, tasks: number | undefined): Runtimes {
  const distribution = parseDistribution(text);
  if (!distribution.ok) throw troubleAt({ kind: "usage", where: "RUNTIMES" }, distribution.failure);
  if (tasks === undefined || !Number.isSafeInteger(tasks) || tasks < 1 || tasks > DRAWN_TASKS_MOST) {
    throw troubleAt(
      { kind: "usage", where: "--tasks" },
      {
        code: tasks === undefined ? "missing-flag" : "out-of-range",
        found: tasks === undefined ? "nothing, beside a distribution" : String(tasks),
        expected: `how many tasks to draw, from 1 to ${String(DRAWN_TASKS_MOST)}`,
        hint: "--tasks 1000",
      },
    );
  }
  return { kind: "drawn", distribution: distribution.value, tasks };
}

const tasksOfFile = (path: string): Parameters<typeof troubleAt>[1] => ({
  code: "needless-flag",
  found: `a number of tasks, beside the file ${path}`,
  expected: "--tasks with a distribution only: a file has the tasks it has",
  hint: "leave it out",
});
