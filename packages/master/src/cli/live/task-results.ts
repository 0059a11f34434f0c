/**
 * Each task's result, as soon as it has one, for whoever asked: a folder a task (`--results`), a line a task
 * (`--results-jsonl`). A result is the attempt that ended its task well, or the last one of a task that failed for good.
 */
import type { TaskIndex } from "@stint/shared/ids.js";
import type { Audience, Closed } from "../../drive/ports.js";
import { stateOf, TASK_STATE } from "../../planner/attempts/attempts.js";
import type { ClosedAttempt } from "../../planner/attempts/closed.js";
import type { Run } from "../../planner/run-state.js";
import { openBuffered, type BufferedFile } from "../../store/buffered-file.js";
import { outputFinder } from "../../store/find-output.js";
import type { OpenBag } from "../../store/open-bag.js";
import { openResultFolders } from "../../store/result-folders.js";
import { resultLine, type NamedAttempt } from "../../store/result-line.js";
import type { RunFolder } from "../../store/run-folder.js";

/** Absolute paths; what is left out is not written. */
export interface ResultPlaces {
  readonly folder?: string;
  readonly lines?: string;
}

export interface TaskResults extends Audience {
  readonly seenBefore: Audience["seen"];
  /** Why something could not be written; the first few. */
  readonly troubles: () => readonly string[];
  close(): void;
}

/** Bytes of a stream that a line tells; of a longer one it says where it lies. */
const INLINE_BYTES_MOST = 64 * 1024;
const TROUBLES_MOST = 10;

type Take = (result: NamedAttempt, isBefore: boolean) => void;

export function openTaskResults(places: ResultPlaces, folder: RunFolder, bag: OpenBag): TaskResults {
  const troubles: string[] = [];
  const trouble = (cause: unknown): void => {
    if (troubles.length < TROUBLES_MOST)
      troubles.push(cause instanceof Error ? cause.message : String(cause));
  };
  const file =
    places.lines === undefined
      ? undefined
      : openBuffered(places.lines, { truncate: true, onTrouble: trouble });
  const takes = [...takesOf(places, folder), ...(file === undefined ? [] : [takeLine(file)])];
  const outputs = outputFinder(folder.out);
  const failed = new Set<TaskIndex>();
  const tell = (run: Run, closed: Closed, isBefore: boolean): void => {
    for (const one of takes.length === 0 ? [] : closed.attempts) {
      if (!isResult(run, one, failed)) continue;
      try {
        const cluster = run.settings.clusters[one.cluster]?.name ?? "";
        const named = { id: bag.idOf(one.task), command: bag.commandOf(one.task), cluster };
        for (const take of takes) take({ ...named, closed: one, outputs: outputs(one) }, isBefore);
      } catch (cause) {
        trouble(cause);
      }
    }
    file?.flush();
  };
  return {
    seen: (_frame, run, closed) => tell(run, closed, false),
    seenBefore: (_frame, run, closed) => tell(run, closed, true),
    troubles: () => troubles,
    close: () => file?.close(),
  };
}

function takesOf({ folder }: ResultPlaces, run: RunFolder): readonly Take[] {
  if (folder === undefined) return [];
  const folders = openResultFolders(folder, run.name);
  return [(result, isBefore) => (isBefore ? folders.writeIfMissing(result) : folders.write(result))];
}

/** Rows of what happened before are written again, as this file begins anew with each master. */
const takeLine =
  (file: BufferedFile): Take =>
  (result) =>
    file.append(resultLine(result, INLINE_BYTES_MOST));

/** @param failed tasks that failed for good and whose result is told; of two last attempts one is enough */
function isResult(run: Run, { task, outcome }: ClosedAttempt, failed: Set<TaskIndex>): boolean {
  if (outcome === "done") return true;
  if (outcome === "spare" || failed.has(task)) return false;
  if (stateOf(run.attempts, task) !== TASK_STATE.failed) return false;
  failed.add(task);
  return true;
}
