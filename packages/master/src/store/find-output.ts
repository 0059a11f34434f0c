/**
 * Where is what an attempt has printed? In files of its own, or, in a large bag, in the pack of its machine; whoever
 * asks is given a piece of a file and need not know which.
 */
import { closeSync, existsSync, openSync, readdirSync, readFileSync, readSync, statSync } from "node:fs";
import type { AttemptRef } from "@stint/shared/ids.js";
import {
  attemptName,
  machineOfIndex,
  packFiles,
  readPackLine,
  streamFile,
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

/** Looks through the indexes of all packs: for a person's question, not for each task. */
export function findOutput(out: string, ref: AttemptRef): Outputs {
  return { ...packedOutput(out, ref), ...looseOutput(out, ref) };
}

/** As {@link findOutput} for one attempt after another: the indexes are read once. */
export function outputFinder(out: string): (ref: AttemptRef) => Outputs {
  const indexes = readIndexes(out);
  const packed = (name: string): Outputs | undefined => {
    for (const { bytes, lines } of indexes) {
      const line = lines.get(name);
      if (line !== undefined) return piecesOf(bytes, line);
    }
    return undefined;
  };
  return (ref) => ({ ...packed(attemptName(ref)), ...looseOutput(out, ref) });
}

const CHUNK_BYTES = 256 * 1024;

/** Chunk by chunk; fewer bytes where the file has become shorter. */
export function* readPiece({ from, bytes, file }: OutputPiece): Generator<Buffer> {
  const fd = openSync(file, "r");
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
  const fd = openSync(piece.file, "r");
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
    const bytes = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
    if (bytes > 0) outputs[stream] = { file, from: 0, bytes };
  }
  return outputs;
}

function packedOutput(out: string, ref: AttemptRef): Outputs | undefined {
  const beginning = Buffer.from(`\n${attemptName(ref)} `);
  for (const pack of packsIn(out)) {
    const index = readFileSync(pack.index);
    // Every line follows the end of another: an index begins with one.
    const at = index.lastIndexOf(beginning);
    const end = index.indexOf("\n", at + 1);
    if (at >= 0 && end >= 0) return piecesOf(pack.bytes, index.toString("latin1", at + 1, end));
  }
  return undefined;
}

/** One pack, and the line of each attempt by its name: a line is read when it is asked for. */
interface Index {
  readonly bytes: string;
  readonly lines: ReadonlyMap<string, string>;
}

const readIndexes = (out: string): readonly Index[] =>
  packsIn(out).map(({ bytes, index }) => {
    const lines = readFileSync(index, "latin1").split("\n").slice(0, -1);
    return { bytes, lines: new Map(lines.map((line) => [line.slice(0, line.indexOf(" ")), line])) };
  });

const packsIn = (out: string): readonly ReturnType<typeof packFiles>[] =>
  existsSync(out)
    ? readdirSync(out)
        .map(machineOfIndex)
        .filter((machine) => machine !== undefined)
        .map((machine) => packFiles(out, machine))
    : [];

function piecesOf(file: string, line: string): Outputs | undefined {
  const read = readPackLine(line);
  if (read === undefined) return undefined;
  const { from, stdout, stderr } = read;
  return {
    ...(stdout > 0 && { stdout: { file, from, bytes: stdout } }),
    ...(stderr > 0 && { stderr: { file, from: from + stdout, bytes: stderr } }),
  };
}
