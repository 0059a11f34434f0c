/**
 * A log as a JSON object a line, to a file or to stderr. Line ends in foreign text cannot make lines of their own, and
 * what could hold a token is left out wherever it stands.
 */
import { chmodSync } from "node:fs";
import { destination, pino, stdTimeFunctions } from "pino";
import { TroubleError } from "@stint/shared/failures.js";
import type { Log } from "./log.js";

export interface LogOptions {
  /** Absent: stderr. */
  readonly file?: string;
  readonly level?: "debug" | "info" | "warn" | "error";
}

export interface OpenLog extends Log {
  close(): void;
}

const NEVER_SAID = [
  "token",
  "authorization",
  "cookie",
  "headers",
  "*.token",
  "*.authorization",
  "*.cookie",
  "*.headers",
];

export function openLog({ file, level = "info" }: LogOptions = {}): OpenLog {
  // Written at once: the last lines before a crash are those that are wanted.
  const place = destination({ dest: file ?? 2, sync: true, mode: 0o600 });
  // A full disk ends no run.
  place.on("error", () => undefined);
  if (file !== undefined) ownAlone(file);
  const log = pino(
    {
      level,
      base: { pid: process.pid },
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: NEVER_SAID, remove: true },
    },
    place,
  );
  return {
    debug: (fields, words) => log.debug(fields, words),
    info: (fields, words) => log.info(fields, words),
    warn: (fields, words) => log.warn(fields, words),
    error: (fields, words) => log.error(fields, words),
    close: () => {
      if (file !== undefined) place.end();
    },
  };
}

function ownAlone(file: string): void {
  try {
    chmodSync(file, 0o600);
  } catch (cause) {
    throw new TroubleError({
      kind: "state-unusable",
      code: "log-unusable",
      where: file,
      found: `trouble with the file (${(cause as Error).message})`,
      expected: "a file that can be written",
      hint: "",
    });
  }
}
