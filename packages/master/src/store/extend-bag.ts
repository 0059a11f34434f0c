/**
 * Which tasks of an edited bag does a run not have yet? They are put behind those it has, in the order of the edited bag;
 * what it has stays as it is. The kept bag is replaced in one step, so that whoever reads it finds the old or the new one.
 */
import { closeSync, copyFileSync, fsyncSync, openSync, rmSync } from "node:fs";
import type { Task } from "@stint/shared/bag/bag.js";
import { TASKS_MOST } from "@stint/shared/bag/count-tasks.js";
import { hashKey, HashTable } from "@stint/shared/bag/hash-table.js";
import { OneNeed } from "@stint/shared/bag/one-need.js";
import type { TaskIndex } from "@stint/shared/ids.js";
import { troubleAt, type Misread } from "@stint/shared/misread.js";
import { errorCode, fileTrouble } from "./file-trouble.js";
import { openBag } from "./open-bag.js";
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

export async function extendBag(path: string, edited: EditedBag): Promise<Extension> {
  const beside = besideOf(path);
  const lines = linesBehind(path, beside);
  try {
    const extension = await takeIn(knownTasks(path), edited, lines.add);
    if (lines.end()) putInPlace(beside, path);
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
  const bag = openBag(path);
  try {
    const numbers = new HashTable();
    const digests = new Uint32Array(bag.size + 1);
    for (let number = 1; number <= bag.size; number += 1) {
      const task = bag.taskAt((number - 1) as TaskIndex);
      numbers.set(hashKey(task.id), number);
      digests[number] = digestOf(task);
    }
    const first = bag.taskAt(0 as TaskIndex);
    return { size: bag.size, first, numberOf: (id) => numbers.get(hashKey(id)), digests };
  } finally {
    bag.close();
  }
}

const digestOf = (task: Task): number => hashKey(lineOf(task)).first;

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
      if (known.digests[number] !== digestOf(task)) changed += 1;
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
