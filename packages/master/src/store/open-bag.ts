/**
 * Which task is that? Reads a kept bag by number or by id. In memory is where each task stands and a few flags,
 * some 13 bytes a task; the tasks themselves stay in the file.
 */
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { commandText, type Task } from "@stint/shared/bag/bag.js";
import { TroubleError } from "@stint/shared/failures.js";
import type { TaskId, TaskIndex } from "@stint/shared/ids.js";
import { invariant } from "@stint/shared/invariant.js";
import { quoted } from "@stint/shared/misread.js";
import type { BagShape } from "../planner/vocabulary/settings.js";
import { usingFile } from "./file-trouble.js";
import { COPIES, indexBag, lineAt, parseTask, type BagIndex } from "./index-bag.js";
import { recentTasks } from "./recent-tasks.js";
import { lineBeginning } from "./write-bag.js";

export interface OpenBag {
  readonly size: number;
  /** One small read of the file, unless the task was asked for lately. */
  taskAt(task: TaskIndex): Task;
  idOf(task: TaskIndex): TaskId;
  /** Without a look at the file. */
  declaresOutputs(task: TaskIndex): boolean;
  /** As one line of text. */
  commandOf(task: TaskIndex): string;
  /** Looks through the file: for a person's question, not for each task. */
  indexOfId(id: string): TaskIndex | undefined;
  /** What the planner knows of the bag; the bag-wide words hold for tasks that say nothing. */
  shape(wide: BagWide): BagShape;
  close(): void;
}

/** What a bag or the command line says for all tasks. */
export interface BagWide {
  readonly retries: number;
  readonly replicable: boolean;
}

export function openBag(path: string): OpenBag {
  return usingFile(path, "a run's parsed bag", () => {
    const fd = openSync(path, "r");
    try {
      return createBag(fd, path, indexBag(fd, path));
    } catch (cause) {
      closeSync(fd);
      throw cause;
    }
  });
}

function createBag(fd: number, path: string, index: BagIndex): OpenBag {
  const { size } = index;
  const recent = recentTasks();
  const taskAt = (number: TaskIndex): Task => {
    const kept = recent.get(number);
    if (kept !== undefined) return kept;
    invariant(number >= 0 && number < size, "the task is in the bag", { number, size });
    const line = readLine(fd, index, number);
    const task = parseTask(line, path, number);
    recent.keep(number, task, line.length);
    return task;
  };
  return {
    size,
    taskAt,
    idOf: (task) => taskAt(task).id,
    declaresOutputs: (task) => index.declares[task] === 1,
    commandOf: (task) => commandText(taskAt(task).command),
    indexOfId: (id) => findLine(fd, index, Buffer.from(lineBeginning(id))),
    shape: (wide) => ({
      size,
      retriesOf: (task) => {
        const said = index.retries[task] ?? 0;
        return said === 0 ? wide.retries : said - 1;
      },
      mayBeCopied: (task) => {
        const said = index.copies[task] ?? COPIES.unsaid;
        return said === COPIES.unsaid ? wide.replicable : said === COPIES.allowed;
      },
    }),
    close: () => closeSync(fd),
  };
}

function readLine(fd: number, { offsets }: BagIndex, number: number): string {
  const at = offsets[number] ?? 0;
  // Without the newline.
  const bytes = Buffer.allocUnsafe((offsets[number + 1] ?? 0) - at - 1);
  let got = 0;
  while (got < bytes.length) {
    const count = readSync(fd, bytes, got, bytes.length - got, at + got);
    // The file became shorter; what is left is no task, and said to be none.
    if (count === 0) break;
    got += count;
  }
  return bytes.toString("utf8", 0, got);
}

const SEARCH_BYTES = 1024 * 1024;

/** The line that begins so. */
function findLine(fd: number, index: BagIndex, beginning: Buffer): TaskIndex | undefined {
  const bytes = fstatSync(fd).size;
  const buffer = Buffer.allocUnsafe(Math.max(SEARCH_BYTES, beginning.length * 2));
  for (let at = 0; at < bytes; at += buffer.length - beginning.length + 1) {
    const chunk = buffer.subarray(0, readSync(fd, buffer, 0, buffer.length, at));
    for (let hit = chunk.indexOf(beginning); hit >= 0; hit = chunk.indexOf(beginning, hit + 1)) {
      const number = lineAt(index, at + hit);
      if (index.offsets[number] === at + hit) return number as TaskIndex;
    }
  }
  return undefined;
}

/**
 * The task a person means: its id, or else its number from 1.
 * @param run where it is looked for, as a person would type it
 */
export function findTask(bag: Pick<OpenBag, "size" | "indexOfId">, text: string, run: string): TaskIndex {
  const byId = bag.indexOfId(text);
  if (byId !== undefined) return byId;
  const number = /^[1-9]\d*$/u.test(text) ? Number(text) : 0;
  if (number >= 1 && number <= bag.size) return (number - 1) as TaskIndex;
  throw new TroubleError({
    kind: "usage",
    code: "no-such-task",
    where: run,
    found: `no task in it with the id or number ${quoted(text)}`,
    expected: `a task's id, or a number from 1 to ${String(bag.size)}`,
    hint: "the first column of joblog.tsv has the numbers, attempts.csv the ids; of another run: --run RUN",
  });
}
