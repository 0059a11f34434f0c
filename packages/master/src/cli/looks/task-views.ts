/** A task with its attempts, and what they printed: what stands in a run's folder, with what its master says of now. */
import { closeSync, openSync, readSync, constants } from "node:fs";
import type { AttemptView, TaskView } from "@stint/shared/api/tasks.js";
import type { AttemptNumber, MachineId, TaskIndex } from "@stint/shared/ids.js";
import type { OutputPart, OutputWanted } from "../../console/web/runs-port.js";
import { findOutput, type OutputPiece, type Outputs } from "../../store/find-output.js";
import type { RunFolder } from "../../store/run-folder.js";
import type { TaskStanding } from "./looked-at.js";
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
    .map((one): AttemptView => {
      const { stdout, stderr } = printedBy(files, line.task, one);
      return {
        ...one,
        ended_s: null,
        outcome: null,
        exit_code: null,
        signal: null,
        cost_usd: null,
        stdout_bytes: stdout?.bytes ?? 0,
        stderr_bytes: stderr?.bytes ?? 0,
      };
    });
  const seen = [...over, ...open].sort((a, b) => a.attempt - b.attempt);
  return { schema: 1, run: files.name, ...line, attempts_seen: seen };
}

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
  const { attempts_seen: attempts } = await taskView(files, standing);
  const shown =
    wanted.attempt === undefined
      ? (attempts.find(({ outcome }) => outcome === "done") ?? attempts.at(-1))
      : attempts.find(({ attempt }) => attempt === wanted.attempt);
  if (shown === undefined) return undefined;
  const piece = printedBy(files, wanted.task, shown)[wanted.stream];
  const size = piece?.bytes ?? 0;
  const bytes = piece === undefined ? new Uint8Array() : readPart(piece, wanted);
  return { bytes, size, open: shown.outcome === null };
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
