/**
 * The lines of a stream of bytes, in blocks of many, with their numbers: UTF-8 only, a byte order mark and the
 * returns of CRLF taken off, the last line end optional. What is held at a time is bounded.
 */
import { isUtf8 } from "node:buffer";
import { quoted, troubleAt, type Place } from "../misread.js";
import type { TroubleError } from "../failures.js";

export const LINE_BYTES_MOST = 1024 * 1024;
const NEWLINE = 0x0a;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf] as const;

/** Whole lines, as they follow each other. */
export interface Block {
  /** Ends with a line end, but for the last block of a stream perhaps. */
  readonly text: string;
  /** Of its first line, from 1. */
  readonly firstLine: number;
}

/** @param name names the stream in trouble: its path, or `standard input` */
export async function* readBlocks(name: string, bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Block> {
  let rest: Buffer = Buffer.alloc(0);
  let atStart = true;
  let line = 1;
  for await (const chunk of bytes) {
    const joined: Buffer = rest.length === 0 ? bufferOf(chunk) : Buffer.concat([rest, chunk]);
    // A mark may come in pieces; so few bytes are no line either.
    if (atStart && joined.length < BYTE_ORDER_MARK.length) {
      rest = joined;
      continue;
    }
    const whole = atStart ? withoutMark(joined) : joined;
    atStart = false;
    const end = whole.lastIndexOf(NEWLINE) + 1;
    rest = whole.subarray(end);
    if (end > 0) {
      yield { text: textOf(whole.subarray(0, end), name, line), firstLine: line };
      line += countLines(whole.subarray(0, end));
    }
    if (rest.length > LINE_BYTES_MOST) throw tooLong(name, line);
  }
  if (rest.length > 0) yield { text: textOf(rest, name, line), firstLine: line };
}

const bufferOf = (chunk: Uint8Array): Buffer => Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);

const withoutMark = (bytes: Buffer): Buffer =>
  BYTE_ORDER_MARK.every((byte, index) => bytes[index] === byte)
    ? bytes.subarray(BYTE_ORDER_MARK.length)
    : bytes;

/** The lines of a block, with the number of each. */
export function* linesOf(block: Block): Generator<{ readonly text: string; readonly number: number }> {
  const { text } = block;
  let number = block.firstLine;
  for (let from = 0; from < text.length; number += 1) {
    const newline = text.indexOf("\n", from);
    const end = newline < 0 ? text.length : newline;
    const to = end > from && text[end - 1] === "\r" ? end - 1 : end;
    yield { text: text.slice(from, to), number };
    from = end + 1;
  }
}

export const lineOf = (name: string, number: number): Place => ({
  kind: "bad-input",
  where: `${name}, line ${String(number)}`,
});

function textOf(lines: Buffer, name: string, firstLine: number): string {
  if (isUtf8(lines) && !lines.includes(0)) return lines.toString("utf8");
  let number = firstLine;
  for (let from = 0; from < lines.length; number += 1) {
    const newline = lines.indexOf(NEWLINE, from);
    const line = lines.subarray(from, newline < 0 ? lines.length : newline);
    if (!isUtf8(line) || line.includes(0)) throw badBytes(name, number, line);
    from += line.length + 1;
  }
  // A line end is a byte of its own in UTF-8: where the whole is bad, one of its lines is.
  throw badBytes(name, firstLine, lines);
}

function badBytes(name: string, number: number, line: Buffer): TroubleError {
  const byte = line.indexOf(0);
  // An even share of NUL bytes is how text looks in UTF-16.
  const sixteen = byte >= 0 && line.length > 1 && line.filter((one) => one === 0).length * 3 > line.length;
  return troubleAt(lineOf(name, number), {
    code: "bad-bytes",
    found:
      byte >= 0
        ? `a NUL byte, the ${String(byte + 1)}. of the line`
        : `bytes that are no UTF-8, in ${quoted(line.subarray(0, 80).toString("latin1"))}`,
    expected: "text in UTF-8",
    hint:
      sixteen || /^(?:\xff\xfe|\xfe\xff)/u.test(line.toString("latin1"))
        ? "it looks like UTF-16: iconv -f UTF-16 -t UTF-8"
        : "is it the right file? to convert one: iconv -f LATIN1 -t UTF-8",
  });
}

function countLines(lines: Buffer): number {
  let count = 0;
  for (let at = lines.indexOf(NEWLINE); at >= 0; at = lines.indexOf(NEWLINE, at + 1)) count += 1;
  return count;
}

const tooLong = (name: string, number: number): TroubleError =>
  troubleAt(lineOf(name, number), {
    code: "line-too-long",
    found: `a line of more than ${String(LINE_BYTES_MOST)} bytes`,
    expected: "shorter lines",
    hint: "put what is long into a file, and name the file in the command",
  });
