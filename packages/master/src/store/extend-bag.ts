/**
 * Which tasks of an edited bag does a run not have yet? They are put behind those it has, in the order of the edited bag;
 * what it has stays as it is. The kept bag is replaced in one step, so that whoever reads it finds the old or the new one.
 */
import { closeSync, copyFileSync, fsyncSync, openSync, readSync, rmSync } from "node:fs";
import type { Task } from "@stint/shared/bag/bag.js";
import { TASKS_MOST } from "@stint/shared/bag/count-tasks.js";
import { hashKey, HashTable } from "@stint/shared/bag/hash-table.js";
import { OneNeed } from "@stint/shared/bag/one-need.js";
import { present } from "@stint/shared/invariant.js";
import { troubleAt, type Misread } from "@stint/shared/misread.js";
import { errorCode, fileTrouble } from "./file-trouble.js";
import { parseTask } from "./index-bag.js";
import { sealBag, type BagSeal } from "./seal-bag.js";
import { besideOf, putInPlace, writeFully } from "./write-atomically.js";
import { lineOf } from "./write-bag.js";

/** A bag that a person has edited. */
export interface EditedBag {
  /** As it was typed. */
  readonly name: string;
  /** Read once; a bad line throws, and nothing is taken in. */
  readonly tasks: AsyncIterable<Task>;
}

export interface Extension {
  readonly name: string;
  readonly added: number;
  /** Tasks of the run that the edited bag has no more. */
  readonly gone: number;
  /** Tasks that it has with the same id and other words. */
  readonly changed: number;
}

/** @param sealed told the longer bag's seal before it takes its place: whoever finds it knows it then */
export async function extendBag(
  path: string,
  edited: EditedBag,
  sealed: (seal: BagSeal) => void,
): Promise<Extension> {
  const beside = besideOf(path);
  const lines = linesBehind(path, beside);
  try {
    const extension = await takeIn(knownTasks(path), edited, lines.add);
    if (lines.end()) {
      sealed(sealBag(beside));
      putInPlace(beside, path);
    }
    return extension;
  } catch (cause) {
    lines.end();
    rmSync(beside, { force: true });
    throw errorCode(cause) === undefined ? cause : fileTrouble(path, "room for the new tasks", cause);
  }
}

interface KnownTasks {
  readonly size: number;
  readonly first: Task;
  /** Number from 1 by id; 0 for one that is new. */
  numberOf(id: string): number;
  /** By number: 32 bits of a hash of its line. */
  readonly digests: Uint32Array;
}

/** Some 40 bytes a task; the tasks themselves stay in the file. */
function knownTasks(path: string): KnownTasks {
  const numbers = new HashTable();
  let digests = new Uint32Array(TASKS_AT_FIRST);
  let size = 0;
  let first: Task | undefined;
  for (const line of keptLines(path)) {
    const task = parseTask(line, path, size);
    first ??= task;
    size += 1;
    if (size >= digests.length) digests = grown(digests);
    numbers.set(hashKey(task.id), size);
    digests[size] = digestOf(line);
  }
  const known = present(first, "a kept bag has a task", { path });
  return { size, first: known, numberOf: (id) => numbers.get(hashKey(id)), digests };
}

const TASKS_AT_FIRST = 1024;
const CHUNK_BYTES = 1024 * 1024;

function grown(digests: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(digests.length * 2);
  larger.set(digests);
  return larger;
}

/** With their ends. A bag that was written whole ends with one, and is refused elsewhere if it does not. */
function* keptLines(path: string): Generator<string> {
  const fd = openSync(path, "r");
  try {
    let rest: Buffer = Buffer.alloc(0);
    const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
    for (let got = readSync(fd, chunk); got > 0; got = readSync(fd, chunk)) {
      const bytes = Buffer.concat([rest, chunk.subarray(0, got)]);
      let from = 0;
      for (let end = bytes.indexOf("\n") + 1; end > 0; end = bytes.indexOf("\n", from) + 1) {
        yield bytes.toString("utf8", from, end);
        from = end;
      }
      rest = bytes.subarray(from);
    }
  } finally {
    closeSync(fd);
  }
}

const digestOf = (line: string): number => hashKey(line).first;

async function takeIn(
  known: KnownTasks,
  { name, tasks }: EditedBag,
  add: (line: string) => void,
): Promise<Extension> {
  const refuse = (words: Misread): Error => troubleAt({ kind: "bad-input", where: name }, words);
  const needs = new OneNeed();
  needs.unlikeFirst(known.first, "the run's first task");
  let [added, kept, changed] = [0, 0, 0];
  for await (const task of tasks) {
    const number = known.numberOf(task.id);
    if (number > 0) {
      kept += 1;
      if (known.digests[number] !== digestOf(lineOf(task))) changed += 1;
      continue;
    }
    const mixed = needs.unlikeFirst(task, `task ${task.id}`);
    if (mixed !== undefined) throw refuse(mixed);
    added += 1;
    if (known.size + added > TASKS_MOST) throw refuse(TOO_MANY);
    add(lineOf(task));
  }
  return { name, added, gone: known.size - kept, changed };
}

const TOO_MANY: Misread = {
  code: "bag-too-large",
  found: `tasks that would make the run larger than ${String(TASKS_MOST)}`,
  expected: `at most ${String(TASKS_MOST)} tasks in a run, those it has among them`,
  hint: "run the new ones as a bag of their own with stint run",
};

const CHARACTERS_AT_ONCE = 1024 * 1024;

interface Lines {
  readonly add: (line: string) => void;
  /** Makes durable what was written; false when there was nothing. */
  readonly end: () => boolean;
}

/** Of a copy of the bag, made when there is a first line for it. */
function linesBehind(path: string, beside: string): Lines {
  let fd: number | undefined;
  let lines = "";
  const flush = (to: number): void => {
    writeFully(to, Buffer.from(lines));
    lines = "";
  };
  return {
    add(line) {
      if (fd === undefined) {
        copyFileSync(path, beside);
        fd = openSync(beside, "a");
      }
      lines += line;
      if (lines.length >= CHARACTERS_AT_ONCE) flush(fd);
    },
    end() {
      if (fd === undefined) return false;
      const open = fd;
      fd = undefined;
      try {
        flush(open);
        fsyncSync(open);
      } finally {
        closeSync(open);
      }
      return true;
    },
  };
}
