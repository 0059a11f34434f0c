/**
 * What did the first attempts that failed say? Kept while the run goes on, shown at its end: a mistake in a
 * command is best seen in the command's own words.
 */
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { join } from "node:path";
import { failureLines, type ShownFailure } from "../../console/terminal/failure-lines.js";
import type { Audience } from "../../drive/ports.js";
import type { ClosedAttempt } from "../../planner/attempts/closed.js";
import type { OpenBag } from "../../store/open-bag.js";
import type { RunFolder } from "../../store/run-folder.js";

export interface FirstFailures extends Audience {
  /** No lines when nothing failed while this was watching. */
  lines(folder: RunFolder, bag: OpenBag, columns: number | undefined): string[];
}

const KEPT_MOST = 3;
const COLUMNS = 80;
/** Of the end of an output file. */
const TAIL_BYTES = 2_048;

export function firstFailures(): FirstFailures {
  const kept: ClosedAttempt[] = [];
  return {
    seen(_frame, _run, closed) {
      if (kept.length === KEPT_MOST) return;
      for (const one of closed.attempts) if (isFailure(one) && kept.length < KEPT_MOST) kept.push(one);
    },
    lines: (folder, bag, columns) =>
      failureLines(
        kept.map((one) => shownFailure(one, folder, bag)),
        columns ?? COLUMNS,
      ),
  };
}

const isFailure = ({ outcome }: ClosedAttempt): boolean => outcome === "failed" || outcome === "timeout";

function shownFailure(one: ClosedAttempt, { out }: RunFolder, bag: OpenBag): ShownFailure {
  const file = join(out, `${String(one.task + 1)}.${String(one.attempt)}`);
  return {
    number: one.task + 1,
    command: bag.commandOf(one.task),
    how: howItEnded(one),
    // Most programs complain on standard error; some only on standard output.
    said: tailOf(`${file}.stderr`) || tailOf(`${file}.stdout`),
  };
}

function howItEnded({ outcome, notStarted, signal, exitCode }: ClosedAttempt): string {
  if (notStarted !== undefined) return `not started: ${notStarted}`;
  if (outcome === "timeout") return "timed out";
  if (signal !== undefined) return `ended by ${signal}`;
  return `exit code ${String(exitCode ?? "unknown")}`;
}

/** Empty where there is no such file: nothing was said. */
function tailOf(path: string): string {
  try {
    const fd = openSync(path, "r");
    try {
      const { size } = fstatSync(fd);
      const bytes = Buffer.alloc(Math.min(size, TAIL_BYTES));
      const got = readSync(fd, bytes, 0, bytes.length, size - bytes.length);
      return bytes.toString("utf8", 0, got);
    } finally {
      closeSync(fd);
    }
  } catch {
    return "";
  }
}
