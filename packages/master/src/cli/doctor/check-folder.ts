/** Can runs be kept in this folder: is it writable, do locks hold, how long does a write take, and is there room? */
import {
  closeSync,
  existsSync,
  fdatasyncSync,
  mkdtempSync,
  openSync,
  rmSync,
  statfsSync,
  writeSync,
} from "node:fs";
import { createServer } from "node:net";
import { dirname, join, resolve } from "node:path";
import { performance } from "node:perf_hooks";
import { EXIT, TroubleError } from "@stint/shared/failures.js";
import { formatCount, formatDuration } from "@stint/shared/format.js";
import { seconds } from "@stint/shared/units.js";
import { systemWords } from "../../store/file-trouble.js";
import { fileSystemOf } from "../../store/file-system.js";
import { lockRun } from "../../store/lock-run.js";
import { good, refuse, warn, type Check } from "./check.js";

/** In a folder of its own there, which is removed. */
export async function checkFolder(runs: string): Promise<Check[]> {
  const place = nearestFolder(resolve(runs));
  let trial: string;
  try {
    trial = mkdtempSync(join(place, ".stint-doctor-"));
  } catch (cause) {
    return [
      refuse(
        "folder",
        `${place}: ${systemWords(cause)}`,
        "keep runs elsewhere with --runs DIR",
        EXIT.stateUnusable,
      ),
    ];
  }
  try {
    return [checkKind(place), checkLock(trial), checkSync(trial), await checkSocket(trial), checkDisk(place)];
  } finally {
    rmSync(trial, { recursive: true, force: true });
  }
}

/** The folder of runs is made by the first run. */
const nearestFolder = (path: string): string => (existsSync(path) ? path : nearestFolder(dirname(path)));

function checkKind(place: string): Check {
  const kind = fileSystemOf(place);
  switch (kind.kind) {
    case "local":
      return good("folder", `${place}, on a file system of this computer`);
    case "network":
      return warn(
        "folder",
        `${place}, on ${kind.name}`,
        "each durable write is a journey to its server; locks may not hold from other computers",
      );
    case "userspace":
      return warn(
        "folder",
        `${place}, on a file system in user space`,
        "what it promises of durable writes and locks is not known",
      );
  }
}

function checkLock(trial: string): Check {
  const run = { path: trial, lock: join(trial, "master.lock") };
  const lock = lockRun(run);
  try {
    lockRun(run).release();
    return refuse(
      "locks",
      "a second lock was given",
      "two masters could work on one run: keep runs elsewhere",
      EXIT.stateUnusable,
    );
  } catch (cause) {
    if (!(cause instanceof TroubleError) || cause.trouble.code !== "run-is-held") throw cause;
    return existsSync(`${run.lock}.pid`)
      ? warn("locks", "by a pid file", "the program flock is missing, or this file system knows no locks")
      : good("locks", "hold");
  } finally {
    lock.release();
  }
}

const WRITES = 10;
const BYTES = Buffer.alloc(4096, 1);
/** A start waits for one durable write, so tasks that take less are held up by it. */
const SLOW_MS = 20;

function checkSync(trial: string): Check {
  const fd = openSync(join(trial, "journal"), "w", 0o600);
  const spans: number[] = [];
  try {
    for (let write = 0; write < WRITES; write += 1) {
      const before = performance.now();
      writeSync(fd, BYTES);
      fdatasyncSync(fd);
      spans.push(performance.now() - before);
    }
  } catch (cause) {
    return refuse(
      "durable writes",
      systemWords(cause),
      "nothing is started that cannot be written down",
      EXIT.stateUnusable,
    );
  } finally {
    closeSync(fd);
  }
  const median = spans.sort((a, b) => a - b)[WRITES >> 1] ?? 0;
  const found = `${formatDuration(seconds(median / 1000))} each`;
  return median <= SLOW_MS
    ? good("durable writes", found)
    : warn(
        "durable writes",
        found,
        "short tasks will wait for the disk; keep runs on a faster one with --runs DIR",
      );
}

function checkSocket(trial: string): Promise<Check> {
  const server = createServer();
  return new Promise((settle) => {
    server.once("error", (cause) =>
      settle(
        warn("control socket", systemWords(cause), "it is made among the system's temporary files instead"),
      ),
    );
    server.listen(join(trial, "control.sock"), () =>
      server.close(() => settle(good("control socket", "can be made"))),
    );
  });
}

const GIGABYTE = 1e9;
const LEAST_FREE_BYTES = 1e9;

function checkDisk(place: string): Check {
  const { bavail, bsize } = statfsSync(place);
  const free = bavail * bsize;
  const found = `${formatCount(Math.floor(free / GIGABYTE))} GB free`;
  return free >= LEAST_FREE_BYTES
    ? good("disk", found)
    : warn("disk", found, "output of tasks is kept there, up to 32 MB an attempt");
}
