/**
 * Is a run's folder still where its master found it? Whoever moves or removes it while the run goes on takes away where
 * tasks write: the run must stop, and not fail task by task. Looked at each second, and whenever attempts have ended.
 */
import { statSync } from "node:fs";
import { join } from "node:path";
import type { TroubleError } from "@stint/shared/failures.js";
import { unusable } from "../../store/file-trouble.js";
import type { RunLock } from "../../store/lock-run.js";
import type { RunFolder } from "../../store/run-folder.js";

export interface FolderWatch {
  /** A look at this moment. */
  readonly stands: () => boolean;
  readonly close: () => void;
}

/** By which agents know their master. */
export const AUTHORITY = "ca.pem";

const LOOK_EVERY_MS = 1_000;

/**
 * Watches the journal and the lock, and what machines are started with and tasks write to, once it is there.
 * @param gone called once
 */
export function watchFolder(
  { journal, agents, out }: RunFolder,
  lock: Pick<RunLock, "stands">,
  gone: () => void,
): FolderWatch {
  const begun = fileAt(journal);
  const parts = [agents, join(agents, AUTHORITY), out];
  const seen = new Set([journal]);
  let told = false;
  const tell = (): void => {
    if (!told) gone();
    told = true;
  };
  const look = (): void => {
    for (const part of parts) if (!seen.has(part) && isThere(part)) seen.add(part);
    const isOther = (fileAt(journal) ?? begun) !== begun;
    if (isOther || !lock.stands() || ![...seen].every(isThere)) tell();
  };
  // A result comes only where all of it was there; one look at where it lies is enough for each.
  const stands = (): boolean => {
    if (seen.size <= parts.length) for (const part of parts) seen.add(part);
    if (!told && !isThere(out)) tell();
    return !told;
  };
  const timer = setInterval(look, LOOK_EVERY_MS).unref();
  return { stands, close: () => clearInterval(timer) };
}

/** Which file it is: another one of the same name is not the one that is written to. Undefined where none is seen. */
function fileAt(path: string): bigint | undefined {
  try {
    return statSync(path, { bigint: true }).ino;
  } catch {
    return undefined;
  }
}

/** A file system that does not answer says nothing of what is there. */
function isThere(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return true;
  }
}

/** @param folder as a person would type it */
export const folderTaken = (folder: string): TroubleError =>
  unusable("folder-taken", {
    where: folder,
    found:
      "that it, or a part of it, was moved or removed while the run went on; the run has stopped, and its machines are given back",
    expected: "the folder where it was: tasks write there",
    hint: "put it back, then: stint resume (or give resume the place where it is now)",
  });
