/**
 * How does a file change so that nobody ever reads half of it? The new content is written beside it, made
 * durable and put in its place in one step. For small files: it waits for the disk.
 */
import { randomBytes } from "node:crypto";
import {
  closeSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { errorCode, usingFile } from "./file-trouble.js";

/**
 * What a link names is replaced, not the link; what is no file, as a pipe or a device, is written to where it stands.
 * @param mode of a new file as of a replaced one; 0600 keeps it to its owner
 */
export function writeAtomically(path: string, content: string, mode = 0o644): void {
  usingFile(path, "a file that can be written", () => {
    const there = statSync(path, { throwIfNoEntry: false });
    if (there === undefined) replace(path, Buffer.from(content), mode);
    else if (there.isFile() || there.isDirectory()) replace(realpathSync(path), Buffer.from(content), mode);
    else writeFileSync(path, content);
  });
}

function replace(path: string, content: Buffer, mode: number): void {
  const beside = besideOf(path);
  try {
    const fd = openSync(beside, "wx", mode);
    try {
      writeFully(fd, content);
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
    putInPlace(beside, path);
  } catch (cause) {
    rmSync(beside, { force: true });
    throw cause;
  }
}

/** A name in the same folder that nobody else uses. */
export const besideOf = (path: string): string =>
  join(dirname(path), `.${basename(path)}.${randomBytes(6).toString("hex")}`);

/** Renames a durable file over another, durably. */
export function putInPlace(beside: string, path: string): void {
  renameSync(beside, path);
  syncFolder(dirname(path));
}

/** Writes all of it at the file's position: one call may take less than it is given. */
export function writeFully(fd: number, content: Buffer): void {
  for (let from = 0; from < content.length;) from += writeSync(fd, content, from);
}

/** Makes names in a folder durable, where its file system can do that. */
export function syncFolder(path: string): void {
  const fd = openSync(path, "r");
  try {
    fsyncSync(fd);
  } catch (cause) {
    // Some network file systems have no such call for folders; their names need none.
    if (errorCode(cause) !== "EINVAL" && errorCode(cause) !== "EBADF") throw cause;
  } finally {
    closeSync(fd);
  }
}
