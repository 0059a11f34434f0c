/** What does a user read when a file of a run cannot be used? One wording for every file. */
import { TroubleError } from "@stint/shared/failures.js";

/** What the operating system said, in its own words: `ENOSPC: no space left on device`. */
export const systemWords = (cause: unknown): string =>
  cause instanceof Error ? cause.message.replace(/, \w+( '.*)?$/u, "") : String(cause);

export const errorCode = (cause: unknown): string | undefined =>
  cause instanceof Error && "code" in cause && typeof cause.code === "string" ? cause.code : undefined;

/** What was found, what should be there and what to do; kind and exit code are always those of unusable state. */
export interface Unusable {
  readonly where: string;
  readonly found: string;
  readonly expected: string;
  readonly hint: string;
}

export const unusable = (code: string, words: Unusable): TroubleError =>
  new TroubleError({ kind: "state-unusable", code, ...words });

/** Runs what touches a file; an error of the operating system becomes trouble that names the file. */
export function usingFile<T>(path: string, expected: string, use: () => T): T {
  try {
    return use();
  } catch (cause) {
    if (errorCode(cause) === undefined) throw cause;
    throw fileTrouble(path, expected, cause);
  }
}

export const fileTrouble = (path: string, expected: string, cause: unknown): TroubleError =>
  unusable("file-unusable", {
    where: path,
    found: systemWords(cause),
    expected,
    hint: isMaking(cause) ? NOT_ALLOWED : hintFor(errorCode(cause)),
  });

/** Below /proc a folder cannot be made, and the system says of it that it is not there. */
const isMaking = (cause: unknown): boolean =>
  errorCode(cause) === "ENOENT" && cause instanceof Error && "syscall" in cause && cause.syscall === "mkdir";

const NO_ROOM = "make room on this disk, or keep runs elsewhere with --runs DIR";
const NOT_ALLOWED = "keep runs where you may write, with --runs DIR";
const HINTS: Readonly<Record<string, string>> = {
  ENOSPC: NO_ROOM,
  EDQUOT: NO_ROOM,
  EACCES: NOT_ALLOWED,
  EPERM: NOT_ALLOWED,
  EROFS: NOT_ALLOWED,
  ENOENT: "name a run's folder, as runs/latest",
};

const hintFor = (code = ""): string =>
  HINTS[code] ?? "look at the disk, or keep runs elsewhere with --runs DIR";
