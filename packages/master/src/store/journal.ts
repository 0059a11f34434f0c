/**
 * Writes a run's frames down: what is appended while a batch is on its way to the disk becomes the next batch,
 * and shares one write and one fdatasync. A frame is acknowledged when no crash can lose it any more.
 *
 *   idle ──► due ──► writing ──► idle       stuck: a write or fdatasync failed. Nothing is acknowledged; what was
 *                      │  ▲                 appended is kept in memory, in order, and a half-written end is cut
 *                      ▼  │ retry           off. The owner is told and pauses the run; when it says `retry`, all
 *                    stuck                  that is not known to be durable is written again.
 */
import {
  close,
  closeSync,
  fdatasync,
  fdatasyncSync,
  ftruncate,
  ftruncateSync,
  openSync,
  write,
} from "node:fs";
import { dirname } from "node:path";
import { promisify } from "node:util";
import { invariant } from "@stint/shared/invariant.js";
import type { Journal } from "../drive/ports.js";
import type { Frame } from "../planner/records.js";
import { usingFile } from "./file-trouble.js";
import { encodeFrame, encodeHeader, HEADER_BYTES } from "./journal-format.js";
import type { JournalEnd } from "./read-journal.js";
import { syncFolder, writeFully } from "./write-atomically.js";

/** Why nothing is acknowledged any more. */
export interface JournalTrouble {
  readonly step: "write" | "sync" | "cut";
  readonly cause: NodeJS.ErrnoException;
  /** Frames that are in memory and not known to be on disk. */
  readonly waiting: number;
}

export interface OpenJournal extends Journal {
  /** After trouble: writes again what is waiting. Without trouble it does nothing. */
  retry(): void;
  /** True when everything appended so far is durable, false when the journal is stuck. */
  settled(): Promise<boolean>;
  /** Writes what it can, then closes; what was stuck stays unacknowledged. */
  close(): Promise<void>;
}

/** Appended and not durable. A journal that is stuck for so long that this is passed stops the program. */
const WAITING_BYTES_MOST = 256 * 1024 * 1024;
/** One batch; what is more waits for the next. */
const BATCH_BYTES_MOST = 16 * 1024 * 1024;

const USABLE = "a journal that can be written";

/** An empty journal, durable in its folder. There must be none yet. */
export function createJournal(path: string): JournalEnd {
  return usingFile(path, USABLE, () => {
    const fd = openSync(path, "wx", 0o600);
    try {
      writeFully(fd, encodeHeader());
      fdatasyncSync(fd);
    } finally {
      closeSync(fd);
    }
    syncFolder(dirname(path));
    return { frames: 0, bytes: HEADER_BYTES, torn: 0 };
  });
}

/**
 * Opens for appending and cuts off a torn end.
 * @param end as {@link createJournal} or a reading of this journal returned it
 * @param onTrouble called each time a write, an fdatasync or a retry fails
 */
export function openJournal(
  path: string,
  end: JournalEnd,
  onTrouble: (trouble: JournalTrouble) => void,
): OpenJournal {
  return usingFile(path, USABLE, () => {
    const fd = openSync(path, "r+");
    if (end.torn > 0 || end.bytes === 0) cutTornEnd(fd, end);
    return new Appender(fd, { ...end, bytes: Math.max(end.bytes, HEADER_BYTES) }, onTrouble);
  });
}

function cutTornEnd(fd: number, end: JournalEnd): void {
  ftruncateSync(fd, end.bytes);
  if (end.bytes === 0) writeFully(fd, encodeHeader());
  fdatasyncSync(fd);
}

interface Waiting {
  readonly bytes: Buffer;
  readonly durable: () => void;
}

class Appender implements OpenJournal {
  readonly #fd: number;
  readonly #onTrouble: (trouble: JournalTrouble) => void;
  #state: "idle" | "due" | "writing" | "stuck" | "closed" = "idle";
  /** Everything before it is durable. */
  #end: number;
  #sequence: number;
  /** In order: first `#inFlight` frames that are being written, then those of the next batches. */
  #waiting: Waiting[] = [];
  #waitingBytes = 0;
  #inFlight = 0;
  #listeners: ((durable: boolean) => void)[] = [];

  constructor(fd: number, end: JournalEnd, onTrouble: (trouble: JournalTrouble) => void) {
    this.#fd = fd;
    this.#end = end.bytes;
    this.#sequence = end.frames;
    this.#onTrouble = onTrouble;
  }

  append(frame: Frame, durable: () => void): void {
    invariant(this.#state !== "closed", "a closed journal takes no frames");
    const bytes = encodeFrame(frame, this.#sequence);
    this.#sequence += 1;
    this.#waiting.push({ bytes, durable });
    this.#waitingBytes += bytes.length;
    invariant(this.#waitingBytes <= WAITING_BYTES_MOST, "frames do not wait without bound", {
      frames: this.#waiting.length,
    });
    if (this.#state !== "idle") return;
    // What is appended in the same turn of the loop goes into the same batch.
    this.#state = "due";
    queueMicrotask(() => this.#writeBatch());
  }

  retry(): void {
    if (this.#state !== "stuck") return;
    this.#state = "writing";
    ftruncate(this.#fd, this.#end, (cause) =>
      cause === null ? this.#writeBatch() : this.#stop("cut", cause),
    );
  }

  settled(): Promise<boolean> {
    if (this.#waiting.length === 0) return Promise.resolve(true);
    if (this.#state === "stuck") return Promise.resolve(false);
    return new Promise((resolve) => this.#listeners.push(resolve));
  }

  async close(): Promise<void> {
    if (this.#state === "closed") return;
    await this.settled();
    this.#state = "closed";
    await promisify(close)(this.#fd);
  }

  #writeBatch(): void {
    this.#state = "writing";
    let size = 0;
    this.#inFlight = 0;
    for (const { bytes } of this.#waiting) {
      if (this.#inFlight > 0 && size + bytes.length > BATCH_BYTES_MOST) break;
      size += bytes.length;
      this.#inFlight += 1;
    }
    this.#write(
      Buffer.concat(
        this.#waiting.slice(0, this.#inFlight).map(({ bytes }) => bytes),
        size,
      ),
      0,
    );
  }

  #write(batch: Buffer, from: number): void {
    write(this.#fd, batch, from, batch.length - from, this.#end + from, (cause, written) => {
      if (cause !== null) this.#stop("write", cause);
      else if (from + written < batch.length) this.#write(batch, from + written);
      else this.#sync(batch.length);
    });
  }

  #sync(size: number): void {
    fdatasync(this.#fd, (cause) => (cause === null ? this.#acknowledge(size) : this.#stop("sync", cause)));
  }

  #acknowledge(size: number): void {
    this.#end += size;
    const batch = this.#waiting.splice(0, this.#inFlight);
    this.#waitingBytes -= size;
    this.#inFlight = 0;
    for (const { durable } of batch) durable();
    if (this.#waiting.length > 0) {
      this.#writeBatch();
      return;
    }
    this.#state = "idle";
    this.#tell(true);
  }

  /** A failed fdatasync may have dropped what was written: only what lies before `#end` is believed to be there. */
  #stop(step: JournalTrouble["step"], cause: NodeJS.ErrnoException): void {
    this.#state = "stuck";
    this.#inFlight = 0;
    try {
      ftruncateSync(this.#fd, this.#end);
    } catch {
      // The half-written end stays: torn for a reader, and `retry` cuts it first or reports that it cannot.
    }
    this.#onTrouble({ step, cause, waiting: this.#waiting.length });
    this.#tell(false);
  }

  #tell(durable: boolean): void {
    const listeners = this.#listeners;
    this.#listeners = [];
    for (const listener of listeners) listener(durable);
  }
}
