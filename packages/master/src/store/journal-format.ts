/**
 * How does a journal look in bytes? A header, then frames; numbers are little-endian.
 *
 *   header   "stintjnl"  version:u32  crc32(magic, version):u32
 *   frame    FF 53 4A FF  sequence:u32  length:u32  crc32(sequence, length, payload):u32  payload: JSON in UTF-8
 *
 * FF never occurs in UTF-8, so a reader finds the next frame behind damage without trying every byte.
 */
import { crc32 } from "node:zlib";
import { invariant } from "@stint/shared/invariant.js";
import type { Frame } from "../planner/records.js";

export const JOURNAL_VERSION = 1;
export const HEADER_BYTES = 16;
export const FRAME_MARK = Buffer.from([0xff, 0x53, 0x4a, 0xff]);
/** Bytes before a frame's payload. */
export const FRAME_HEAD_BYTES = 16;
/** A frame of ten thousand results is 3 MB; a length beyond this is damage. */
export const PAYLOAD_BYTES_MOST = 64 * 1024 * 1024;

const MAGIC = Buffer.from("stintjnl", "latin1");
const VERSION_AT = 8;
const HEADER_CRC_AT = 12;
const SEQUENCE_AT = 4;
const LENGTH_AT = 8;
const CRC_AT = 12;

/** The header of a journal of this version, or of another for tests. */
export function encodeHeader(version = JOURNAL_VERSION): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  MAGIC.copy(header);
  header.writeUInt32LE(version, VERSION_AT);
  header.writeUInt32LE(crc32(header.subarray(0, HEADER_CRC_AT)), HEADER_CRC_AT);
  return header;
}

/** What the first {@link HEADER_BYTES} of a file say. */
export type HeaderFound =
  | { readonly kind: "journal"; readonly version: number }
  /** Shorter than a header, and all of it could be the beginning of one: its creation was cut off. */
  | { readonly kind: "torn" }
  | { readonly kind: "damaged" }
  | { readonly kind: "something-else" };

export function decodeHeader(bytes: Buffer): HeaderFound {
  if (bytes.length < HEADER_BYTES) {
    return { kind: encodeHeader().subarray(0, bytes.length).equals(bytes) ? "torn" : "something-else" };
  }
  const sound = crc32(bytes.subarray(0, HEADER_CRC_AT)) === bytes.readUInt32LE(HEADER_CRC_AT);
  const magic = bytes.subarray(0, MAGIC.length).equals(MAGIC);
  if (sound && magic) return { kind: "journal", version: bytes.readUInt32LE(VERSION_AT) };
  return { kind: magic ? "damaged" : "something-else" };
}

/** @param sequence the frame's place in the journal, from 0: a frame written twice is noticed by it */
export function encodeFrame(frame: Frame, sequence: number): Buffer {
  const payload = JSON.stringify(frame);
  const length = Buffer.byteLength(payload);
  invariant(length <= PAYLOAD_BYTES_MOST, "a frame fits into the journal", { length });
  const bytes = Buffer.allocUnsafe(FRAME_HEAD_BYTES + length);
  FRAME_MARK.copy(bytes);
  bytes.writeUInt32LE(sequence, SEQUENCE_AT);
  bytes.writeUInt32LE(length, LENGTH_AT);
  bytes.write(payload, FRAME_HEAD_BYTES);
  bytes.writeUInt32LE(checksum(bytes, 0, length), CRC_AT);
  return bytes;
}

/** How a frame's head reads: the length is believed only once the checksum has confirmed it. */
export interface FrameHead {
  readonly sequence: number;
  readonly length: number;
}

/** The head at `at`, or undefined when no frame can begin there. The whole head must lie in `bytes`. */
export function decodeHead(bytes: Buffer, at: number): FrameHead | undefined {
  if (bytes.compare(FRAME_MARK, 0, FRAME_MARK.length, at, at + FRAME_MARK.length) !== 0) return undefined;
  const length = bytes.readUInt32LE(at + LENGTH_AT);
  if (length > PAYLOAD_BYTES_MOST) return undefined;
  return { sequence: bytes.readUInt32LE(at + SEQUENCE_AT), length };
}

/** Is the frame that begins at `at` as it was written? All of it must lie in `bytes`. */
export const isSound = (bytes: Buffer, at: number, head: FrameHead): boolean =>
  checksum(bytes, at, head.length) === bytes.readUInt32LE(at + CRC_AT);

function checksum(bytes: Buffer, at: number, length: number): number {
  const numbers = crc32(bytes.subarray(at + SEQUENCE_AT, at + CRC_AT));
  return crc32(bytes.subarray(at + FRAME_HEAD_BYTES, at + FRAME_HEAD_BYTES + length), numbers);
}
