/** How is a parsed bag kept? One task a line, streamed as it is parsed, and in its place only when it is whole. */
import { createHash } from "node:crypto";
import { closeSync, fsyncSync, openSync, rmSync } from "node:fs";
import type { Task } from "@stint/shared/bag/bag.js";
import { errorCode, fileTrouble } from "./file-trouble.js";
import type { BagSeal } from "./seal-bag.js";
import { besideOf, putInPlace, writeFully } from "./write-atomically.js";

export interface WrittenBag {
  /** Tasks. */
  readonly size: number;
  readonly seal: BagSeal;
  readonly first: Task | undefined;
}

const CHARACTERS_AT_ONCE = 1024 * 1024;

/** Whatever stops `tasks`, as a bad line does, leaves no file behind and is passed on. */
export async function writeBag(
  path: string,
  tasks: AsyncIterable<Task> | Iterable<Task>,
): Promise<WrittenBag> {
  const beside = besideOf(path);
  try {
    const written = await writeTasks(beside, tasks);
    putInPlace(beside, path);
    return written;
  } catch (cause) {
    rmSync(beside, { force: true });
    throw errorCode(cause) === undefined ? cause : fileTrouble(path, "room for the parsed bag", cause);
  }
}

async function writeTasks(path: string, tasks: AsyncIterable<Task> | Iterable<Task>): Promise<WrittenBag> {
  const fd = openSync(path, "wx", 0o600);
  try {
    const hash = createHash("sha256");
    let size = 0;
    let length = 0;
    let first: Task | undefined;
    let lines = "";
    const flush = (): void => {
      const bytes = Buffer.from(lines);
      hash.update(bytes);
      length += bytes.length;
      writeFully(fd, bytes);
      lines = "";
    };
    for await (const task of tasks) {
      lines += lineOf(task);
      size += 1;
      first ??= task;
      if (lines.length >= CHARACTERS_AT_ONCE) flush();
    }
    flush();
    fsyncSync(fd);
    return { size, seal: { bytes: length, sha256: hash.digest("hex") }, first };
  } finally {
    closeSync(fd);
  }
}

/** The id comes first: a task is looked up by the beginning of its line. */
export function lineOf({ id, ...rest }: Task): string {
  return `${JSON.stringify({ id, ...rest })}\n`;
}

/** How the line of the task with this id begins. */
export const lineBeginning = (id: string): string => `{"id":${JSON.stringify(id)},`;
