/**
 * What does a journal hold, and where does it end? Reads only; a torn end is left out, damage before sound
 * frames is refused: what was acknowledged is never dropped in silence.
 */
import { closeSync, existsSync, fstatSync, openSync, readSync } from "node:fs";
import type { TroubleError } from "@stint/shared/failures.js";
import type { Frame } from "../planner/records.js";
import {
  decodeHead,
  decodeHeader,
  FRAME_HEAD_BYTES,
  FRAME_MARK,
  HEADER_BYTES,
  isSound,
  JOURNAL_VERSION,
} from "./journal-format.js";
import { unusable, usingFile } from "./file-trouble.js";

/** Where a journal ends: what a writer needs to go on. */
export interface JournalEnd {
  /** Sound frames; the sequence number of the next one. */
  readonly frames: number;
  /** Offset behind the last sound frame. */
  readonly bytes: number;
  /** Bytes behind it that were never acknowledged: a torn end, or a piece of the journal repeated. */
  readonly torn: number;
}

/** Every frame in order; returns where the journal ends. What is appended meanwhile is not seen. */
export function* readJournal(path: string): Generator<Frame, JournalEnd, undefined> {
  const payloads = readPayloads(path);
  for (;;) {
    const next = payloads.next();
    if (next.done === true) return next.value;
    yield parsePayload(next.value);
  }
}

/** Hands every frame to `each`, in order; returns where the journal ends. */
export function replayJournal(path: string, each: (frame: Frame) => void): JournalEnd {
  const frames = readJournal(path);
  for (;;) {
    const next = frames.next();
    if (next.done === true) return next.value;
    each(next.value);
  }
}

// Only sound payloads come here, and only frames were written.
/** Is there anything that was ever written down? */
export function hasBegun({ journal }: { readonly journal: string }): boolean {
  if (!existsSync(journal)) return false;
  const payloads = readPayloads(journal);
  const first = payloads.next();
  payloads.return({ frames: 0, bytes: 0, torn: 0 });
  return first.done !== true;
}

export const parsePayload = (payload: Buffer): Frame => JSON.parse(payload.toString()) as Frame;

/**
 * The payloads as they were written, unparsed: for readers that look for a few frames only. A payload is
 * valid until the next one is asked for.
 * @param from where an earlier reading ended: only what was written since is read
 */
export function* readPayloads(
  path: string,
  from: Pick<JournalEnd, "frames" | "bytes"> = BEGINNING,
): Generator<Buffer, JournalEnd, undefined> {
  const fd = usingFile(path, "a run's journal", () => openSync(path, "r"));
  try {
    const window = openWindow(fd, fstatSync(fd).size);
    if (!headerFits(window, path)) return { frames: 0, bytes: 0, torn: window.size };
    let at = Math.max(HEADER_BYTES, from.bytes);
    let { frames } = from;
    for (;;) {
      const payload = payloadAt(window, at, frames);
      if (payload === undefined) break;
      yield payload;
      at += FRAME_HEAD_BYTES + payload.length;
      frames += 1;
    }
    if (at < window.size) refuseIfMoreFollows(window, { at, frames, path });
    return { frames, bytes: at, torn: window.size - at };
  } finally {
    closeSync(fd);
  }
}

const BEGINNING = { frames: 0, bytes: 0 } as const;

/** False when the file ends within its header: nothing was ever written behind it. */
function headerFits(window: Window, path: string): boolean {
  const header = decodeHeader(window.read(0, Math.min(HEADER_BYTES, window.size)));
  switch (header.kind) {
    case "torn":
      return false;
    case "something-else":
      throw unusable("not-a-journal", {
        where: path,
        found: "a file that does not begin like a journal",
        expected: "a journal written by stint",
        hint: "is it the right folder? stint doctor names what it finds in a run's",
      });
    case "damaged":
      throw damaged(path, 0, "its header");
    case "journal":
      if (header.version === JOURNAL_VERSION) return true;
      throw unusable("journal-version", {
        where: path,
        found: `a journal of format ${String(header.version)}`,
        expected: `format ${String(JOURNAL_VERSION)}`,
        hint: "use the version of stint that wrote it",
      });
  }
}

/** The sound payload of frame number `sequence` at `at`; undefined when there is none. */
function payloadAt(window: Window, at: number, sequence: number): Buffer | undefined {
  if (at + FRAME_HEAD_BYTES > window.size) return undefined;
  const head = decodeHead(window.read(at, FRAME_HEAD_BYTES), 0);
  if (head?.sequence !== sequence) return undefined;
  const whole = FRAME_HEAD_BYTES + head.length;
  if (at + whole > window.size) return undefined;
  const frame = window.read(at, whole);
  return isSound(frame, 0, head) ? frame.subarray(FRAME_HEAD_BYTES) : undefined;
}

interface BadPlace {
  readonly at: number;
  readonly frames: number;
  readonly path: string;
}

/** A sound frame that is not one of those read already shows that the bad place is not the journal's end. */
function refuseIfMoreFollows(window: Window, bad: BadPlace): void {
  for (let at = nextMark(window, bad.at); at !== undefined; at = nextMark(window, at + 1)) {
    const head =
      at + FRAME_HEAD_BYTES <= window.size ? decodeHead(window.read(at, FRAME_HEAD_BYTES), 0) : undefined;
    if (head === undefined || head.sequence < bad.frames) continue;
    if (payloadAt(window, at, head.sequence) === undefined) continue;
    throw damaged(
      bad.path,
      bad.at,
      `frame ${String(bad.frames)}`,
      `frame ${String(head.sequence)} at byte ${String(at)} is sound`,
    );
  }
}

function nextMark(window: Window, from: number): number | undefined {
  for (let at = from; at + FRAME_MARK.length <= window.size; at += SCAN_BYTES - FRAME_MARK.length + 1) {
    const found = window.read(at, Math.min(SCAN_BYTES, window.size - at)).indexOf(FRAME_MARK);
    if (found >= 0) return at + found;
  }
  return undefined;
}

interface Window {
  /** Of the file when it was opened: a writer may be at work on it. */
  readonly size: number;
  /** These bytes, all within `size`; valid until the next call. */
  read(at: number, length: number): Buffer;
}

const SCAN_BYTES = 64 * 1024;
const WINDOW_BYTES = 1024 * 1024;

/** A file seen through a buffer, so that small reads in a row cost one system call a megabyte. */
function openWindow(fd: number, size: number): Window {
  let buffer = Buffer.allocUnsafe(WINDOW_BYTES);
  let from = 0;
  let held = 0;
  return {
    size,
    read(at, length) {
      if (at < from || at + length > from + held) {
        if (length > buffer.length) buffer = Buffer.allocUnsafe(length);
        from = at;
        held = readFully(fd, buffer.subarray(0, Math.min(buffer.length, size - at)), at);
      }
      return buffer.subarray(at - from, at - from + length);
    },
  };
}

function readFully(fd: number, into: Buffer, at: number): number {
  let got = 0;
  while (got < into.length) {
    const count = readSync(fd, into, got, into.length - got, at + got);
    // The file became shorter meanwhile: what is missing reads as zeros, which no frame is made of.
    if (count === 0) into.fill(0, got);
    got += count === 0 ? into.length - got : count;
  }
  return got;
}

function damaged(
  path: string,
  at: number,
  what: string,
  because = "the checksum does not match",
): TroubleError {
  return unusable("journal-damaged", {
    where: `${path}, byte ${String(at)}`,
    found: `damage in ${what} (${because})`,
    expected: "a sound frame, or the journal's end",
    hint: "restore the journal from a copy; stint does not guess at what was paid for",
  });
}
