/**
 * Writes `joblog.tsv`, `attempts.csv` and `machines.csv` while the run goes on: a row when an attempt or a
 * machine is over. They are views of the journal and nothing reads them back: at a resume they begin anew, and
 * the frames of before are shown to them again.
 */
import type { Cluster } from "@stint/shared/cluster.js";
import type { TroubleError } from "@stint/shared/failures.js";
import type { TaskId, TaskIndex } from "@stint/shared/ids.js";
import { present } from "@stint/shared/invariant.js";
import type { Audience } from "../drive/ports.js";
import { openBuffered, type BufferedFile } from "./buffered-file.js";
import {
  ATTEMPTS_HEADER,
  attemptsRow,
  JOBLOG_HEADER,
  joblogRow,
  MACHINES_HEADER,
  machinesRows,
} from "./rows.js";

/** Where to write; what is left out is not written. */
export interface ViewFiles {
  readonly joblog?: string;
  readonly attempts?: string;
  readonly machines?: string;
}

export interface ViewOptions {
  /** Begin anew; otherwise rows are added to what is there. */
  readonly truncate: boolean;
  /** What a file's rows need to know of the tasks. */
  readonly tasks: TaskNames;
  /** A file cannot be written; its rows are kept and tried again. Called once for each time that begins. */
  readonly onTrouble: (trouble: TroubleError) => void;
}

export interface TaskNames {
  idOf(task: TaskIndex): TaskId;
  /** Asked only for a joblog. */
  commandOf(task: TaskIndex): string;
}

export interface Views extends Audience {
  /** Makes visible what was shown; happens by itself each second. */
  flush(): void;
  close(): void;
}

const FLUSH_EVERY_MS = 1_000;

type SeenRun = Parameters<Audience["seen"]>[1];

export function openViews(files: ViewFiles, options: ViewOptions): Views {
  const open = (path: string | undefined, header: string): BufferedFile | undefined =>
    path === undefined ? undefined : openBuffered(path, { ...options, header });
  const joblog = open(files.joblog, JOBLOG_HEADER);
  const attempts = open(files.attempts, ATTEMPTS_HEADER);
  const machines = open(files.machines, MACHINES_HEADER);
  const all = [joblog, attempts, machines].filter((file) => file !== undefined);
  const flush = (): void => {
    for (const file of all) file.flush();
  };
  flush();
  const timer = setInterval(flush, FLUSH_EVERY_MS).unref();
  return {
    seen(_, run, ended) {
      const { tasks } = options;
      for (const closed of ended.attempts) {
        const cluster = clusterAt(run, closed.cluster);
        joblog?.append(joblogRow(closed, cluster, tasks.commandOf(closed.task)));
        attempts?.append(attemptsRow(closed, cluster, { id: tasks.idOf(closed.task), beganAt: run.beganAt }));
      }
      for (const closed of ended.machines) {
        const cluster = clusterAt(run, closed.cluster);
        for (const row of machinesRows(closed, cluster, run.beganAt)) machines?.append(row);
      }
    },
    flush,
    close() {
      clearInterval(timer);
      for (const file of all) file.close();
    },
  };
}

const clusterAt = (run: SeenRun, index: number): Cluster =>
  present(run.settings.clusters[index], "an attempt or machine is of a cluster of the run", { index });
