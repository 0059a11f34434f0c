/**
 * What has a running attempt printed since the last look? Reads the file of one stream while it grows, and after its
 * agent has cut or packed it. Of output that came too fast, what is kept no more is counted in one line, as in the file.
 */
import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";

export interface GrowingStream {
  /** What is new, piece by piece; nothing as long as there is no file. */
  more(): Generator<Buffer>;
  /** Its file was there once. */
  readonly isOpen: () => boolean;
  close(): void;
}

const CHUNK_BYTES = 64 * 1024;
// A task may have put anything in the place of its file; nothing is followed, and nothing waited for.
const READ = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
/** The line that an agent leaves between head and tail. */
const MARK = /^\n?\[stint: (\d{1,16}) bytes left out\]\n/u;
const MARK_BYTES_MOST = 64;

interface Reading {
  readonly fd: number;
  /** Of the stream as it was printed, not of the file. */
  position: number;
  /** It has been cut: nothing more is printed. */
  over: boolean;
}

/** @param cap what an agent keeps of a stream: half of it from its beginning, half from its end */
export function growingStream(file: string, cap: number): GrowingStream {
  const head = Math.floor(cap / 2);
  let reading: Reading | undefined;
  return {
    *more() {
      reading ??= open(file);
      if (reading === undefined || reading.over) return;
      const { size } = fstatSync(reading.fd);
      const cut = cutAt(reading.fd, head, size);
      if (cut !== undefined) yield* restOfCut(reading, cut, size);
      else yield* grown(reading, { size, head, tail: cap - head });
    },
    isOpen: () => reading !== undefined,
    close() {
      if (reading !== undefined) closeSync(reading.fd);
      reading = undefined;
    },
  };
}

function open(file: string): Reading | undefined {
  try {
    const fd = openSync(file, READ);
    if (fstatSync(fd).isFile()) return { fd, position: 0, over: false };
    closeSync(fd);
  } catch {
    // Not there yet, or no more: it was empty, or is packed.
  }
  return undefined;
}

function* grown(
  reading: Reading,
  { size, head, tail }: { readonly size: number; readonly head: number; readonly tail: number },
): Generator<Buffer> {
  // The task itself has cut its file off, and begins anew.
  if (size < reading.position) reading.position = 0;
  yield* upTo(reading, size - tail > head ? Math.max(reading.position, head) : size);
  // What lies between is given back to the disk while the task floods its output.
  const leftOut = size - tail - reading.position;
  if (leftOut > 0) {
    yield leftOutLine(leftOut);
    reading.position += leftOut;
  }
  yield* upTo(reading, size);
}

function* upTo(reading: Reading, end: number): Generator<Buffer> {
  for (const piece of pieces(reading.fd, reading.position, end)) {
    reading.position += piece.length;
    yield piece;
  }
}

function* pieces(fd: number, from: number, end: number): Generator<Buffer> {
  for (let at = from; at < end;) {
    const piece = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, end - at));
    const got = readSync(fd, piece, 0, piece.length, at);
    if (got === 0) return;
    at += got;
    yield piece.subarray(0, got);
  }
}

interface Cut {
  readonly head: number;
  /** Where the stream's own bytes begin again, in the file and as they were printed. */
  readonly inFile: number;
  readonly asPrinted: number;
}

function cutAt(fd: number, head: number, size: number): Cut | undefined {
  if (size <= head) return undefined;
  const bytes = Buffer.alloc(MARK_BYTES_MOST);
  const got = readSync(fd, bytes, 0, bytes.length, head);
  const mark = MARK.exec(bytes.toString("latin1", 0, got));
  return mark === null
    ? undefined
    : { head, inFile: head + mark[0].length, asPrinted: head + Number(mark[1]) };
}

function* restOfCut(reading: Reading, { head, inFile, asPrinted }: Cut, size: number): Generator<Buffer> {
  reading.over = true;
  if (reading.position <= head) {
    yield* upTo(reading, size);
    return;
  }
  const leftOut = asPrinted - reading.position;
  if (leftOut > 0) yield leftOutLine(leftOut);
  yield* pieces(reading.fd, inFile + Math.max(0, -leftOut), size);
}

const leftOutLine = (bytes: number): Buffer => Buffer.from(`\n[stint: ${String(bytes)} bytes left out]\n`);
