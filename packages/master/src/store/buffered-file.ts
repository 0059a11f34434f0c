/**
 * Appends lines to a file a person looks at: soon, but not at once and not durably. Lines that could not be
 * written are kept and tried again, so that the file never has a gap.
 */
import { closeSync, fstatSync, openSync, writeSync } from "node:fs";
import type { TroubleError } from "@stint/shared/failures.js";
import { fileTrouble, usingFile } from "./file-trouble.js";

export interface BufferedFile {
  append(line: string): void;
  flush(): void;
  /** Writes what it can. */
  close(): void;
}

export interface BufferedOptions {
  /** The first line of the file, without its end; absent: it has none of its own. */
  readonly header?: string;
  /** Begin anew; otherwise what is there is kept. */
  readonly truncate: boolean;
  /** Called once for each time writing begins to fail. */
  readonly onTrouble: (trouble: TroubleError) => void;
}

const FLUSH_CHARACTERS = 64 * 1024;
/** What is kept of a file that cannot be written; then the program stops. */
const KEPT_BYTES_MOST = 256 * 1024 * 1024;

export function openBuffered(path: string, options: BufferedOptions): BufferedFile {
  const expected = "a file that can be written";
  const fd = usingFile(path, expected, () => openSync(path, options.truncate ? "w" : "a"));
  const isNew = fstatSync(fd).size === 0;
  let lines = isNew && options.header !== undefined ? `${options.header}\n` : "";
  /** Bytes that a write did not take. */
  let left = Buffer.alloc(0);
  let failing = false;

  const flush = (): void => {
    if (lines !== "")
      left = left.length === 0 ? Buffer.from(lines) : Buffer.concat([left, Buffer.from(lines)]);
    lines = "";
    try {
      while (left.length > 0) left = left.subarray(writeSync(fd, left));
      failing = false;
    } catch (cause) {
      const trouble = fileTrouble(path, expected, cause);
      if (left.length > KEPT_BYTES_MOST) throw trouble;
      if (!failing) options.onTrouble(trouble);
      failing = true;
    }
  };

  return {
    append(line) {
      lines += `${line}\n`;
      if (lines.length >= FLUSH_CHARACTERS) flush();
    },
    flush,
    close() {
      flush();
      closeSync(fd);
    },
  };
}
