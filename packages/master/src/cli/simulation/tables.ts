/** Writes the attempts and machines of an imagined run where somebody asked for them. */
import { present } from "@stint/shared/invariant.js";
import { TroubleError } from "@stint/shared/failures.js";
import type { Cluster } from "@stint/shared/cluster.js";
import type { TaskId, TaskIndex } from "@stint/shared/ids.js";
import type { Runtimes } from "../../simulate/runtimes.js";
import type { SimulatedRun } from "../../simulate/simulate.js";
import { ATTEMPTS_HEADER, attemptsRow, MACHINES_HEADER, machinesRows } from "../../store/rows.js";
import { refuseInput, refuseRunFolder, refuseTwice } from "../input/keep-inputs.js";
import { refuseUnwritable } from "../input/writable-place.js";
import { writeAtomically } from "../../store/write-atomically.js";

export interface TableFlags {
  readonly attempts?: string | undefined;
  readonly machines?: string | undefined;
}

export const wantsTables = ({ attempts, machines }: TableFlags): boolean =>
  attempts !== undefined || machines !== undefined;

/** A file has the rows of one run. */
export function refuseManyRuns(runs: number, flags: TableFlags): void {
  const { attempts } = flags;
  if (runs === 1 || !wantsTables(flags)) return;
  throw new TroubleError({
    kind: "usage",
    code: "one-run-only",
    where: attempts === undefined ? "--machines" : "--attempts",
    found: `${String(runs)} runs`,
    expected: "one run: its rows are what the file is for",
    hint: "one --budget, and no --runs",
  });
}

/** Looked at before anything is imagined. */
export function refuseTables({ attempts, machines }: TableFlags, read: readonly string[]): void {
  const targets = [
    ...(attempts === undefined ? [] : [{ option: "--attempts", path: attempts }]),
    ...(machines === undefined ? [] : [{ option: "--machines", path: machines }]),
  ];
  for (const [index, target] of targets.entries()) {
    refuseInput(target, read);
    refuseRunFolder(target, "runs");
    refuseUnwritable(target, "a file");
    for (const other of targets.slice(0, index)) refuseTwice(target, other);
  }
}

export function writeTables(simulated: SimulatedRun, runtimes: Runtimes, flags: TableFlags): void {
  const { run, attempts, machines } = simulated;
  const cluster = (index: number): Cluster =>
    present(run.settings.clusters[index], "the cluster is one of the run's", { index });
  const { beganAt } = run;
  if (flags.attempts !== undefined) {
    const rows = attempts.map((one) =>
      attemptsRow(one, cluster(one.cluster), { id: idOf(runtimes, one.task), beganAt }),
    );
    write(flags.attempts, ATTEMPTS_HEADER, rows);
  }
  if (flags.machines !== undefined) {
    write(
      flags.machines,
      MACHINES_HEADER,
      machines.flatMap((one) => machinesRows(one, cluster(one.cluster), beganAt)),
    );
  }
}

const write = (path: string, header: string, rows: readonly string[]): void =>
  writeAtomically(path, [header, ...rows, ""].join("\n"));

/** As it was recorded; a task that was drawn is known by its number. */
const idOf = (runtimes: Runtimes, task: TaskIndex): TaskId =>
  (runtimes.kind === "recorded" ? (runtimes.ids[task] ?? String(task + 1)) : String(task + 1)) as TaskId;
