/** Opens what a person named as input, or says what is wrong with it in the words of every other bad input. */
import { closeSync, createReadStream, openSync, readSync, statSync } from "node:fs";
import type { TroubleError } from "@stint/shared/failures.js";
import { quoted, troubleAt } from "@stint/shared/misread.js";

const CHUNK_BYTES = 256 * 1024;

/** Each file that was opened so far, by this process: a bag names others that are read too. */
const opened = new Set<string>();

export const filesRead = (): readonly string[] => [...opened];

/** @param what is expected there, as `a bag of tasks` */
export async function* bytesOf(path: string, what: string): AsyncGenerator<Uint8Array> {
  opened.add(path);
  try {
    // A pipe by name (`/dev/fd/63`) is as good as a file.
    yield* createReadStream(path, { highWaterMark: CHUNK_BYTES }) as AsyncIterable<Buffer>;
  } catch (cause) {
    throw unreadable(path, what, cause);
  }
}

/** Bytes that are open already, as standard input is; `name` is what trouble calls them. */
export async function* openBytes(
  bytes: AsyncIterable<Uint8Array>,
  name: string,
  what: string,
): AsyncGenerator<Uint8Array> {
  try {
    yield* bytes;
  } catch (cause) {
    throw unreadable(name, what, cause);
  }
}

/** The whole of a small file; of one that is longer, or never ends, no more is read than shows that it is. */
export function smallFile(path: string, what: string, bytesMost: number): Buffer {
  opened.add(path);
  try {
    const bytes = firstBytes(path, bytesMost + 1);
    if (bytes.length <= bytesMost) return bytes;
  } catch (cause) {
    throw unreadable(path, what, cause);
  }
  throw troubleAt(
    { kind: "bad-input", where: path },
    {
      code: "file-too-large",
      found: `a file of more than ${String(bytesMost)} bytes`,
      expected: what,
      hint: "is it the right file?",
    },
  );
}

function firstBytes(path: string, most: number): Buffer {
  const descriptor = openSync(path, "r");
  try {
    const bytes = Buffer.allocUnsafe(most);
    let length = 0;
    for (let read = -1; read !== 0 && length < most; length += read)
      read = readSync(descriptor, bytes, length, most - length, null);
    return bytes.subarray(0, length);
  } finally {
    closeSync(descriptor);
  }
}

/** Also where it may not be looked at: reading it will say why. */
export function fileExists(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return !path.includes("\0");
  }
}

const SAID: Readonly<Record<string, string>> = {
  ENOENT: "no such file",
  ENOTDIR: "no such file",
  EACCES: "a file that may not be read",
  EPERM: "a file that may not be read",
  EISDIR: "a folder",
  ENAMETOOLONG: "a name that is too long for a file",
  ELOOP: "a link that leads to itself",
};

/** What is thrown on is no trouble with the file. */
function unreadable(path: string, what: string, cause: unknown): TroubleError {
  if (!(cause instanceof Error)) throw cause;
  const code = "code" in cause && typeof cause.code === "string" ? cause.code : "";
  // A path with a NUL byte is refused by Node itself.
  if (code === "" || !("syscall" in cause || code.startsWith("ERR_INVALID_ARG"))) throw cause;
  return troubleAt(
    { kind: "bad-input", where: path === "" ? "an empty name" : quoted(path).slice(1, -1) },
    {
      code: "file-unusable",
      found: code.startsWith("ERR_") ? "a name that no file can have" : (SAID[code] ?? cause.message),
      expected: what,
      hint: code === "ENOENT" ? `look at the name; paths begin at ${process.cwd()}` : "name another file",
    },
  );
}
