/**
 * Where is what an attempt has printed? In files of its own, or, in a large bag, in the pack of its machine; whoever
 * asks is given a piece of a file and need not know which.
 */
import { closeSync, constants, lstatSync, openSync, readSync } from "node:fs";
import type { AttemptRef, MachineId } from "@stint/shared/ids.js";
import {
  attemptName,
  packFiles,
  readPackLine,
  streamFile,
  type PackFiles,
  type Stream,
} from "@stint/shared/output-names.js";

/** Bytes of a file that are one stream of one attempt; at least one. */
export interface OutputPiece {
  readonly file: string;
  readonly from: number;
  readonly bytes: number;
}

/** Of an attempt; a stream without a byte has no piece. */
export type Outputs = Readonly<Partial<Record<Stream, OutputPiece>>>;

/** An attempt and the machine that ran it, whose pack may hold its output. */
export interface RanAttempt extends AttemptRef {
  readonly machine: MachineId;
}

export const findOutput = (out: string, ran: RanAttempt): Outputs => outputFinder(out)(ran);

/** For one attempt after another, also while a run goes on: of an index only what is new is read. */
export function outputFinder(out: string): (ran: RanAttempt) => Outputs {
  const indexes = new Map<MachineId, Index>();
  return (ran) => {
    const index = indexes.get(ran.machine) ?? newIndex(out, ran.machine);
    indexes.set(ran.machine, index);
    return { ...packedOutput(index, attemptName(ran)), ...looseOutput(out, ran) };
  };
}

const CHUNK_BYTES = 256 * 1024;
// Somebody may have put anything in a file's place: no link is followed, and nothing waited for.
const READ = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** 0 where there is no file, or something else in its place. */
function sizeOf(file: string): number {
  const found = lstatSync(file, { throwIfNoEntry: false });
  return found?.isFile() === true ? found.size : 0;
}

/** Chunk by chunk; fewer bytes where the file has become shorter. */
export function* readPiece({ from, bytes, file }: OutputPiece): Generator<Buffer> {
  const fd = openSync(file, READ);
  try {
    for (let read = 0; read < bytes;) {
      const chunk = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, bytes - read));
      const got = readSync(fd, chunk, 0, chunk.length, from + read);
      if (got === 0) return;
      read += got;
      yield chunk.subarray(0, got);
    }
  } finally {
    closeSync(fd);
  }
}

export const pieceText = (piece: OutputPiece | undefined): string => endOfPiece(piece, Infinity);

/** Its last bytes, as text; empty for no piece. */
export function endOfPiece(piece: OutputPiece | undefined, bytesMost: number): string {
  if (piece === undefined) return "";
  const size = Math.min(piece.bytes, bytesMost);
  const bytes = Buffer.alloc(size);
  const fd = openSync(piece.file, READ);
  try {
    return bytes.toString("utf8", 0, readSync(fd, bytes, 0, size, piece.from + piece.bytes - size));
  } finally {
    closeSync(fd);
  }
}

/** An attempt that runs, or whose agent died before it was packed, has files even in a large bag. */
function looseOutput(out: string, ref: AttemptRef): Outputs {
  const outputs: { -readonly [stream in Stream]?: OutputPiece } = {};
  for (const stream of ["stdout", "stderr"] as const) {
    const file = streamFile(out, ref, stream);
    const bytes = sizeOf(file);
    if (bytes > 0) outputs[stream] = { file, from: 0, bytes };
  }
  return outputs;
}

/** Of one pack: each attempt's line by its name, read when it is asked for. */
interface Index {
  readonly files: PackFiles;
  readonly lines: Map<string, string>;
  /** How far it has been read: to the end of a whole line. */
  position: number;
}

const newIndex = (out: string, machine: MachineId): Index => ({
  files: packFiles(out, machine),
  lines: new Map(),
  position: 0,
});

function packedOutput(index: Index, name: string): Outputs | undefined {
  if (!index.lines.has(name)) readOn(index);
  const line = index.lines.get(name);
  return line === undefined ? undefined : piecesOf(index.files.bytes, line);
}

function readOn(index: Index): void {
  const file = index.files.index;
  const size = sizeOf(file);
  if (size <= index.position) return;
  const bytes = Buffer.concat([...readPiece({ file, from: index.position, bytes: size - index.position })]);
  const whole = bytes.subarray(0, bytes.lastIndexOf("\n") + 1);
  index.position += whole.length;
  for (const line of whole.toString("latin1").split("\n"))
    index.lines.set(line.slice(0, line.indexOf(" ")), line);
}

function piecesOf(file: string, line: string): Outputs | undefined {
  const read = readPackLine(line);
  if (read === undefined) return undefined;
  const size = sizeOf(file);
  const piece = (from: number, bytes: number): OutputPiece => ({
    file,
    from,
    bytes: Math.max(0, Math.min(bytes, size - from)),
  });
  const [stdout, stderr] = [piece(read.from, read.stdout), piece(read.from + read.stdout, read.stderr)];
  return { ...(stdout.bytes > 0 && { stdout }), ...(stderr.bytes > 0 && { stderr }) };
}
