/** A task with its attempts, and what they printed: what stands in a run's folder, with what its master says of now. */
import { closeSync, openSync, readSync, constants } from "node:fs";
import type { AttemptView, TaskLine, TaskView } from "@stint/shared/api/tasks.js";
import type { AttemptNumber, MachineId, TaskIndex } from "@stint/shared/ids.js";
import type { OutputPart, OutputWanted } from "../../console/web/runs-port.js";
import { findOutput, type OutputPiece, type Outputs } from "../../store/find-output.js";
import type { RunFolder } from "../../store/run-folder.js";
import type { RunningAttempt, TaskStanding } from "./looked-at.js";
import { pastAttempts } from "./past-attempts.js";

type Files = Pick<RunFolder, "joblog" | "out" | "name">;

/** @param standing of this moment; an attempt that has ended since is in the folder within a second */
export async function taskView(files: Files, standing: TaskStanding): Promise<TaskView> {
  const { line, running, began_at_us: beganAt } = standing;
  const past = await pastAttempts(files.joblog, line.task, beganAt);
  const over = past.map((one): AttemptView => ({
    ...one,
    stderr_bytes: printedBy(files, line.task, one).stderr?.bytes ?? 0,
  }));
  const open = running
    .filter(({ attempt }) => past.every((one) => one.attempt !== attempt))
    .map((one) => openAttempt(one, printedBy(files, line.task, one)));
  return withAttempts(files.name, line, [...over, ...open]);
}

/** One that runs, of which only that is known yet, and what it has printed so far. */
export const openAttempt = (one: RunningAttempt, { stdout, stderr }: Outputs): AttemptView => ({
  ...one,
  ended_s: null,
  outcome: null,
  exit_code: null,
  signal: null,
  cost_usd: null,
  stdout_bytes: stdout?.bytes ?? 0,
  stderr_bytes: stderr?.bytes ?? 0,
});

export const withAttempts = (run: string, line: TaskLine, attempts: readonly AttemptView[]): TaskView => ({
  schema: 1,
  run,
  ...line,
  attempts_seen: [...attempts].sort((a, b) => a.attempt - b.attempt),
});

type Ran = Pick<AttemptView, "attempt" | "machine">;

const printedBy = ({ out }: Pick<Files, "out">, task: number, { attempt, machine }: Ran): Outputs =>
  findOutput(out, {
    task: (task - 1) as TaskIndex,
    attempt: attempt as AttemptNumber,
    machine: machine as MachineId,
  });

/** Undefined where no such attempt was started. */
export async function outputPart(
  files: Files,
  standing: TaskStanding,
  wanted: OutputWanted,
): Promise<OutputPart | undefined> {
  const shown = await attemptMeant(files, standing, wanted.attempt);
  if (shown === undefined) return undefined;
  const piece = printedBy(files, wanted.task, shown)[wanted.stream];
  const size = piece?.bytes ?? 0;
  const bytes = piece === undefined ? new Uint8Array() : readPart(piece, wanted);
  return { bytes, size, open: shown.open };
}

/** By its number, else the one that was committed, else the newest. Whoever follows one that runs has no file searched. */
async function attemptMeant(
  { joblog }: Pick<Files, "joblog">,
  { line, running, began_at_us: beganAt }: TaskStanding,
  number: number | undefined,
): Promise<(Ran & { readonly open: boolean }) | undefined> {
  const runs = running.find(({ attempt }) => attempt === number);
  if (runs !== undefined) return { ...runs, open: true };
  const past = await pastAttempts(joblog, line.task, beganAt);
  const over = past.find(({ attempt, outcome }) =>
    number === undefined ? outcome === "done" : attempt === number,
  );
  if (over !== undefined || number !== undefined) return over && { ...over, open: false };
  const newest = [
    ...past.map((one) => ({ ...one, open: false })),
    ...running.map((one) => ({ ...one, open: true })),
  ];
  return newest.sort((a, b) => a.attempt - b.attempt).at(-1);
}

// A task may have put anything in the place of its file; nothing is followed, and nothing waited for.
const READ = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

function readPart(
  { file, from, bytes }: OutputPiece,
  wanted: Pick<OutputWanted, "from" | "most">,
): Uint8Array {
  const most = Math.max(0, Math.min(wanted.most, bytes - wanted.from));
  const part = Buffer.alloc(most);
  const fd = openSync(file, READ);
  try {
    return part.subarray(0, readSync(fd, part, 0, most, from + wanted.from));
  } finally {
    closeSync(fd);
  }
}
