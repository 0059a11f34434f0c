/**
 * Where in a bag's file does each task stand, and what may the planner do with it? One scan answers both; a
 * line is parsed only where it says something of its own about retries, copies or outputs.
 */
import { fstatSync, readSync } from "node:fs";
import type { Task } from "@stint/shared/bag/bag.js";
import type { TroubleError } from "@stint/shared/failures.js";
import { unusable } from "./file-trouble.js";

export interface BagIndex {
  readonly size: number;
  /** Where each line begins, and at `size` where the file ends. */
  readonly offsets: Float64Array;
  /** Retries and one more; 0 where the task says nothing. */
  readonly retries: Uint32Array;
  /** One of {@link COPIES}. */
  readonly copies: Uint8Array;
  /** 1 where the task declares outputs. */
  readonly declares: Uint8Array;
}

export const COPIES = { unsaid: 0, refused: 1, allowed: 2 } as const;

interface Growing {
  size: number;
  offsets: Float64Array;
  retries: Uint32Array;
  copies: Uint8Array;
  declares: Uint8Array;
}

const CHUNK_BYTES = 1024 * 1024;
const NEWLINE = 0x0a;
const TASKS_AT_FIRST = 1024;
// Within a JSON string quotes are escaped, so these occur only as keys; perhaps of `env` or `features`.
const TELLING_KEYS = [Buffer.from('"retries":'), Buffer.from('"replicable":'), Buffer.from('"outputs":')];

/** @param path only names the file in trouble: when a line is no task, or the last one is not whole */
export function indexBag(fd: number, path: string): BagIndex {
  const bytes = fstatSync(fd).size;
  const index: Growing = {
    size: 0,
    offsets: new Float64Array(TASKS_AT_FIRST),
    retries: new Uint32Array(TASKS_AT_FIRST),
    copies: new Uint8Array(TASKS_AT_FIRST),
    declares: new Uint8Array(TASKS_AT_FIRST),
  };
  let buffer = Buffer.allocUnsafe(CHUNK_BYTES);
  for (let at = 0; at < bytes;) {
    const chunk = buffer.subarray(0, readSync(fd, buffer, 0, buffer.length, at));
    const lines = chunk.subarray(0, chunk.lastIndexOf(NEWLINE) + 1);
    if (lines.length > 0) addLines(index, { lines, at, path });
    else if (at + chunk.length < bytes && chunk.length > 0) buffer = Buffer.allocUnsafe(buffer.length * 2);
    else throw badLine(path, index.size, "a line that is cut off");
    at += lines.length;
  }
  index.offsets[index.size] = bytes;
  return index;
}

/** Whole lines, as a piece of the file. */
interface Piece {
  readonly lines: Buffer;
  /** Its offset in the file. */
  readonly at: number;
  readonly path: string;
}

function addLines(index: Growing, piece: Piece): void {
  const { lines, at } = piece;
  const first = index.size;
  for (let from = 0; from < lines.length; from = lines.indexOf(NEWLINE, from) + 1) {
    // One place is kept free for the end of the file.
    if (index.size + 1 === index.offsets.length) grow(index);
    index.offsets[index.size] = at + from;
    index.size += 1;
  }
  for (const key of TELLING_KEYS) noteTelling(index, { ...piece, first, key });
}

function grow(index: Growing): void {
  const length = index.offsets.length * 2;
  const { offsets, retries, copies, declares } = index;
  index.offsets = new Float64Array(length);
  index.retries = new Uint32Array(length);
  index.copies = new Uint8Array(length);
  index.declares = new Uint8Array(length);
  index.offsets.set(offsets);
  index.retries.set(retries);
  index.copies.set(copies);
  index.declares.set(declares);
}

interface Search extends Piece {
  /** The task of its first line. */
  readonly first: number;
  readonly key: Buffer;
}

/** Notes what those lines say that have the key. */
function noteTelling(index: Growing, { lines, at, path, first, key }: Search): void {
  let number = first;
  for (let hit = lines.indexOf(key); hit >= 0;) {
    number = lineAt(index, at + hit, number);
    const begin = (index.offsets[number] ?? 0) - at;
    const end = lines.indexOf(NEWLINE, hit);
    const task = parseTask(lines.toString("utf8", begin, end), path, number);
    index.retries[number] = task.retries === undefined ? 0 : task.retries + 1;
    index.copies[number] = copiesOf(task);
    index.declares[number] = declares(task) ? 1 : 0;
    hit = lines.indexOf(key, end);
  }
}

const declares = ({ outputs = [] }: Task): boolean => outputs.length > 0;

/** Attempts that write in folders of their own never meet. */
function copiesOf(task: Task): number {
  if (task.replicable === undefined) return declares(task) ? COPIES.allowed : COPIES.unsaid;
  return task.replicable ? COPIES.allowed : COPIES.refused;
}

/** The line that holds this offset; `from` is one that lies before or at it. */
export function lineAt(index: BagIndex, offset: number, from = 0): number {
  let [low, high] = [from, index.size - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((index.offsets[middle] ?? Infinity) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** @param number the task's place, from 0 */
export function parseTask(line: string, path: string, number: number): Task {
  try {
    // Only parsed tasks were written.
    return JSON.parse(line) as Task;
  } catch {
    throw badLine(path, number, "a line that is no task");
  }
}

const badLine = (path: string, number: number, found: string): TroubleError =>
  unusable("bag-damaged", {
    where: `${path}, line ${String(number + 1)}`,
    found,
    expected: "one task a line, as stint wrote it",
    hint: "restore the file from a copy, or begin a new run with the bag",
  });
