/**
 * Where does the output of a task go whose bag has too many for a file each? When an attempt is over, what it printed
 * is added to the one pack of its machine, then a line to the pack's index, and only then its own files go: whatever
 * dies in between, it is found in one place or the other.
 */
import { closeSync, constants, fstatSync, openSync, readSync, unlinkSync, writeSync } from "node:fs";
import type { AttemptRef } from "@stint/shared/ids.js";
import { packFiles, packLine } from "@stint/shared/output-names.js";
import type { Capture } from "./capture.js";

export interface OutputPack {
  /** Of a capture that is closed and cut; throws what the file system says, and then its files stay. */
  add(ref: AttemptRef, capture: Capture): void;
  close(): void;
}

const CHUNK_BYTES = 64 * 1024;
// A task may have put anything in the place of its file; nothing is followed, and nothing waited for.
const READ = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
const APPEND = constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND | constants.O_NOFOLLOW;
const MODE = 0o666;

interface Pack {
  readonly bytes: number;
  readonly index: number;
  readonly chunk: Buffer;
  /** The last line of the index may lack its end. */
  torn: boolean;
}

/** Made when the first task has printed something. */
export function packIn(outFolder: string, machine: string): OutputPack {
  let pack: Pack | undefined;
  return {
    add(ref, capture) {
      pack ??= openPack(outFolder, machine);
      addTo(pack, ref, capture);
    },
    close() {
      if (pack === undefined) return;
      closeSync(pack.bytes);
      closeSync(pack.index);
      pack = undefined;
    },
  };
}

function openPack(outFolder: string, machine: string): Pack {
  const files = packFiles(outFolder, machine);
  const bytes = openSync(files.bytes, APPEND, MODE);
  try {
    const index = openSync(files.index, APPEND, MODE);
    // An agent of this machine may have died in the middle of a line.
    return { bytes, index, chunk: Buffer.allocUnsafe(CHUNK_BYTES), torn: true };
  } catch (error) {
    closeSync(bytes);
    throw error;
  }
}

function addTo(pack: Pack, ref: AttemptRef, { stdout, stderr }: Capture): void {
  const from = fstatSync(pack.bytes).size;
  const sizes = { stdout: copyOf(stdout.file, pack), stderr: copyOf(stderr.file, pack) };
  if (sizes.stdout + sizes.stderr > 0) {
    const line = packLine(ref, { from, ...sizes });
    const whole = pack.torn ? `\n${line}` : line;
    pack.torn = true;
    pack.torn = writeSync(pack.index, whole) < Buffer.byteLength(whole);
    if (pack.torn) throw new Error("the index of packed output could not be written");
  }
  if (sizes.stdout > 0) unlinkSync(stdout.file);
  if (sizes.stderr > 0) unlinkSync(stderr.file);
}

/** How many bytes of it are in the pack now; 0 where there is no such file. */
function copyOf(file: string, { bytes, chunk }: Pack): number {
  const descriptor = openIfThere(file);
  if (descriptor === undefined) return 0;
  try {
    const found = fstatSync(descriptor);
    let copied = 0;
    while (found.isFile() && copied < found.size) {
      const read = readSync(descriptor, chunk, 0, chunk.length, copied);
      if (read === 0) break;
      for (let written = 0; written < read;) written += writeSync(bytes, chunk, written, read - written);
      copied += read;
    }
    return copied;
  } finally {
    closeSync(descriptor);
  }
}

function openIfThere(file: string): number | undefined {
  try {
    return openSync(file, READ);
  } catch {
    // Empty, or removed by its task, or no file any more.
    return undefined;
  }
}
