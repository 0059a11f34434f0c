/**
 * What did the first tasks that failed say? Kept while the run goes on, shown at its end: a mistake in a command is
 * best seen in the command's own words, once a task.
 */
import { failureLines, type FailedTasks, type ShownFailure } from "../../console/terminal/failure-lines.js";
import { howItEnded } from "../../console/terminal/how-it-ended.js";
import type { Audience } from "../../drive/ports.js";
import { TASK_STATE } from "../../planner/attempts/attempts.js";
import type { ClosedAttempt } from "../../planner/attempts/closed.js";
import type { Run } from "../../planner/run-state.js";
import { endOfPiece, findOutput, type OutputPiece } from "../../store/find-output.js";
import type { OpenBag } from "../../store/open-bag.js";
import type { RunFolder } from "../../store/run-folder.js";

export interface FailedRun {
  readonly folder: RunFolder;
  readonly bag: OpenBag;
  readonly run: Pick<Run, "attempts">;
}

export interface FirstFailures extends Audience {
  /** No lines when nothing failed while this was watching, and no task for good. */
  lines(held: FailedRun, columns: number | undefined): string[];
}

const KEPT_MOST = 3;
const NUMBERS_MOST = 20;
const COLUMNS = 80;
/** Of the end of what it printed. */
const TAIL_BYTES = 2_048;

export function firstFailures(): FirstFailures {
  const kept: ClosedAttempt[] = [];
  const isNew = ({ task }: ClosedAttempt): boolean => kept.every((one) => one.task !== task);
  return {
    seen(_frame, _run, closed) {
      if (kept.length === KEPT_MOST) return;
      for (const one of closed.attempts)
        if (isFailure(one) && isNew(one) && kept.length < KEPT_MOST) kept.push(one);
    },
    lines: ({ folder, bag, run }, columns) =>
      failureLines(
        kept.map((one) => shownFailure(one, folder, bag)),
        { failed: tasksIn(run, "failed"), quarantined: tasksIn(run, "quarantined") },
        columns ?? COLUMNS,
      ),
  };
}

/** The first of them by number, and how many there are in all. */
function tasksIn(
  { attempts: { state, count } }: Pick<Run, "attempts">,
  which: "failed" | "quarantined",
): FailedTasks {
  const numbers: number[] = [];
  for (let task = 0; task < state.length && numbers.length < NUMBERS_MOST; task += 1)
    if (state[task] === TASK_STATE[which]) numbers.push(task + 1);
  return { numbers, count: count[which] };
}

const isFailure = ({ outcome }: ClosedAttempt): boolean => outcome === "failed" || outcome === "timeout";

function shownFailure(one: ClosedAttempt, { out }: RunFolder, bag: OpenBag): ShownFailure {
  const { stdout, stderr } = findOutput(out, one);
  return {
    number: one.task + 1,
    command: bag.commandOf(one.task),
    how: howItEnded(one),
    // Most programs complain on standard error; some only on standard output.
    said: endOf(stderr) || endOf(stdout),
  };
}

/** Empty where nothing was said, or where the task has made its own output unreadable. */
function endOf(piece: OutputPiece | undefined): string {
  try {
    return endOfPiece(piece, TAIL_BYTES);
  } catch {
    return "";
  }
}
