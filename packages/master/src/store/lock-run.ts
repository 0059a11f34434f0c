/**
 * Is another master at work on this run? The lock lies on an open file and ends with the process that holds
 * it, however it ends; where the `flock` program is missing, a pid file stands in for it.
 */
import { spawnSync } from "node:child_process";
import { closeSync, fstatSync, ftruncateSync, openSync, readFileSync, statSync, writeSync } from "node:fs";
import type { TroubleError } from "@stint/shared/failures.js";
import { invariant } from "@stint/shared/invariant.js";
import { describeProcess, parseProcess, thisProcess } from "@stint/shared/process-identity.js";
import { errorCode, unusable, usingFile } from "./file-trouble.js";
import { livingHolder, takePidFile, type PidFile } from "./pid-file.js";
import type { RunFolder } from "./run-folder.js";

export interface RunLock {
  /** Is the lock's file still the one that was locked? Whoever removes it opens the run to another master. */
  stands(): boolean;
  /** The end of the process does the same. */
  release(): void;
}

/** Held until it is released or this process ends. A run that is held already is refused, with who holds it. */
export function lockRun(run: Pick<RunFolder, "lock" | "path">, program = "flock"): RunLock {
  return usingFile(run.lock, "a run's folder that can be written", () => {
    const fds = [openSync(run.lock, "a+", 0o600)];
    const close = (): void => fds.forEach(closeSync);
    try {
      // The folder too: its lock cannot be removed apart from what it protects.
      fds.push(openSync(run.path, "r"));
      return lockOpenFiles(run, fds, { program, close });
    } catch (cause) {
      close();
      throw cause;
    }
  });
}

interface Means {
  readonly program: string;
  readonly close: () => void;
}

function lockOpenFiles(
  run: Pick<RunFolder, "lock" | "path">,
  [fd = 0, folder = 0]: readonly number[],
  { program, close }: Means,
): RunLock {
  const got = flock(fd, program);
  // Some file systems lock files and no folders; there it has to do without.
  if (got === "held" || (got === "taken" && flock(folder, program) === "held"))
    throw heldBy(run.path, readFileSync(run.lock, "utf8"));
  // Whoever holds it may have found the program there, or missing, when this process did not.
  const pidFile = pidFileOf(run);
  const holder = livingHolder(got === "taken" ? pidFile : run.lock);
  if (holder !== undefined) throw heldBy(run.path, holder);
  const taken: PidFile = got === "taken" ? { kind: "taken", release: () => undefined } : takePidFile(pidFile);
  if (taken.kind === "held") throw heldBy(run.path, taken.holder);
  ftruncateSync(fd);
  if (got === "taken") writeSync(fd, describeProcess(thisProcess()));
  return {
    stands: () => isOpenFile(fd, run.lock) && (got === "taken" || isMine(livingHolder(pidFile))),
    release() {
      ftruncateSync(fd);
      close();
      taken.release();
    },
  };
}

const isMine = (holder: string | undefined): boolean => holder === describeProcess(thisProcess());

/** A file system that does not answer says nothing of what is there. */
function isOpenFile(fd: number, path: string): boolean {
  try {
    const found = statSync(path, { throwIfNoEntry: false, bigint: true });
    const open = fstatSync(fd, { bigint: true });
    return found?.ino === open.ino && found.dev === open.dev;
  } catch {
    return true;
  }
}

const pidFileOf = (run: Pick<RunFolder, "lock">): string => `${run.lock}.pid`;

/**
 * A lock belongs to the open file, which the program shares with this process: it stays when the program has
 * ended. Files are closed on exec, so no agent or task that is started later holds it on.
 */
function flock(fd: number, program: string): "taken" | "held" | "missing" {
  const { error, status } = spawnSync(program, ["-n", "3"], { stdio: ["ignore", "ignore", "ignore", fd] });
  if (error !== undefined) {
    if (errorCode(error) === "ENOENT") return "missing";
    throw error;
  }
  invariant(status !== null, "the lock program ends by itself");
  if (status === 0) return "taken";
  // 1: somebody else has it. Anything else: this file system knows no locks.
  return status === 1 ? "held" : "missing";
}

function heldBy(path: string, holder: string): TroubleError {
  const pid = parseProcess(holder)?.pid;
  return unusable("run-is-held", {
    where: path,
    found:
      pid === undefined
        ? "another master at work on this run"
        : `a master at work on this run: process ${String(pid)}`,
    expected: "a run that no other process works on",
    hint: "watch it with: stint watch, or end that process first",
  });
}
