/**
 * Where does a task's output go? Straight from the task into one file a stream, past the agent. An empty file is
 * not kept; of one beyond the cap head and tail are, with one line between them that says what is missing.
 *
 * A file, as behind `> file` in a shell: a task that itself opens `/dev/stderr` for writing cuts off what was there.
 */
import {
  closeSync,
  constants,
  fstatSync,
  ftruncateSync,
  openSync,
  readSync,
  unlinkSync,
  writeSync,
} from "node:fs";
import type { AttemptRef } from "@stint/shared/ids.js";
import { streamFile } from "@stint/shared/output-names.js";

export interface CapturedStream {
  readonly file: string;
  /** Open for appending: whoever holds it writes at the end, wherever that is by then. */
  readonly descriptor: number;
}

export interface Capture {
  readonly stdout: CapturedStream;
  readonly stderr: CapturedStream;
}

/** How many bytes were written, kept or not. */
export interface Captured {
  readonly stdoutBytes: number;
  readonly stderrBytes: number;
  /** What could not be cut down to the cap, and why. */
  readonly troubles: readonly string[];
}

const FLAGS =
  constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | constants.O_APPEND | constants.O_NOFOLLOW;
const MODE = 0o666;
const LINE_FEED = 10;

export const headOf = (cap: number): number => Math.floor(cap / 2);
export const tailOf = (cap: number): number => cap - headOf(cap);

/** Throws what the file system says. */
export function openCapture(folder: string, ref: AttemptRef): Capture {
  const stdout = openStream(streamFile(folder, ref, "stdout"));
  try {
    return { stdout, stderr: openStream(streamFile(folder, ref, "stderr")) };
  } catch (error) {
    closeSync(stdout.descriptor);
    removeIfThere(stdout.file);
    throw error;
  }
}

/** To be called when the task and its group are dead. */
export function closeCapture({ stdout, stderr }: Capture, cap: number): Captured {
  const troubles: string[] = [];
  const close = (stream: CapturedStream): number => closeStream(stream, cap, (text) => troubles.push(text));
  return { stdoutBytes: close(stdout), stderrBytes: close(stderr), troubles };
}

function openStream(file: string): CapturedStream {
  return { file, descriptor: openSync(file, FLAGS, MODE) };
}

function closeStream(
  { file, descriptor }: CapturedStream,
  cap: number,
  onTrouble: (text: string) => void,
): number {
  const { size } = fstatSync(descriptor);
  closeSync(descriptor);
  if (size === 0) removeIfThere(file);
  if (size <= cap) return size;
  try {
    keepHeadAndTail(file, size, cap);
  } catch (error) {
    onTrouble(`${file} stays longer than ${String(cap)} bytes: ${String(error)}`);
  }
  return size;
}

function keepHeadAndTail(file: string, size: number, cap: number): void {
  const head = headOf(cap);
  const tail = Buffer.allocUnsafe(tailOf(cap));
  const descriptor = openSync(file, constants.O_RDWR | constants.O_NOFOLLOW);
  try {
    const last = Buffer.alloc(1, LINE_FEED);
    if (head > 0) readSync(descriptor, last, 0, 1, head - 1);
    const read = readSync(descriptor, tail, 0, tail.length, size - tail.length);
    const mark = `${last[0] === LINE_FEED ? "" : "\n"}[stint: ${String(size - cap)} bytes left out]\n`;
    const marked = writeSync(descriptor, mark, head);
    const written = writeSync(descriptor, tail, 0, read, head + marked);
    ftruncateSync(descriptor, head + marked + written);
  } finally {
    closeSync(descriptor);
  }
}

function removeIfThere(file: string): void {
  try {
    unlinkSync(file);
  } catch {
    // The task has removed or renamed it.
  }
}
