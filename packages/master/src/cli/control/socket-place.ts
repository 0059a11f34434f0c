/**
 * Where is the socket of a run's master? In the run's folder; a socket's path may be 107 bytes long and no more, so
 * where the folder's is longer, it lies in a folder of its own among the system's and its path in the run's.
 */
import { existsSync, mkdtempSync, readFileSync, rmdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { RunFolder } from "../../store/run-folder.js";
import { writeAtomically } from "../../store/write-atomically.js";

export type ControlFiles = Pick<RunFolder, "control" | "controlPath">;

const PATH_BYTES_MOST = 107;
const OWNER_ONLY = 0o600;

/** Removes what an earlier master left, and says where this one's socket goes. Only for who holds the run. */
export function placeSocket(files: ControlFiles, env: NodeJS.ProcessEnv = process.env): string {
  removeSocket(files);
  return isShort(files.control) ? files.control : placeElsewhere(files, env);
}

/** Beside the run: also where the run's own file system knows no sockets. */
export function placeElsewhere(files: ControlFiles, env: NodeJS.ProcessEnv = process.env): string {
  const runtime = env["XDG_RUNTIME_DIR"] ?? "";
  const place = [runtime, tmpdir(), "/tmp"].find((one) => one.startsWith("/") && existsSync(one)) ?? "/tmp";
  // Made for its owner alone, whatever the folder around it allows.
  const path = join(mkdtempSync(join(place, "stint-")), "control.sock");
  writeAtomically(files.controlPath, `${path}\n`, OWNER_ONLY);
  return path;
}

/** Undefined when no master has placed one. */
export function findSocket(files: ControlFiles): string | undefined {
  if (existsSync(files.control)) return files.control;
  try {
    return readFileSync(files.controlPath, "utf8").trim();
  } catch {
    return undefined;
  }
}

export function removeSocket(files: ControlFiles): void {
  const path = findSocket(files);
  rmSync(files.control, { force: true });
  rmSync(files.controlPath, { force: true });
  if (path === undefined || path === files.control) return;
  rmSync(path, { force: true });
  try {
    rmdirSync(dirname(path));
  } catch {
    // It is gone already, or somebody else's now.
  }
}

const isShort = (path: string): boolean => Buffer.byteLength(path) <= PATH_BYTES_MOST;
