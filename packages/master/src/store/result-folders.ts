/**
 * A folder for the result of each task, as GNU parallel's `--results` makes them: what it printed, its number, how it
 * ended. A view of the run that is written while it goes on, and that nothing reads back.
 */
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { STREAMS } from "@stint/shared/output-names.js";
import { usingFile } from "./file-trouble.js";
import { readPiece, type OutputPiece } from "./find-output.js";
import type { NamedAttempt } from "./result-line.js";

export interface ResultFolders {
  /** Throws what the file system says. */
  write(result: NamedAttempt): void;
  /** As `write`, of a result that an earlier master may have written already. */
  writeIfMissing(result: NamedAttempt): void;
}

/** @param run tells one run's results from another's in the same folder */
export function openResultFolders(folder: string, run: string): ResultFolders {
  usingFile(folder, "a folder in which results can be kept", () => mkdirSync(folder, { recursive: true }));
  const placeOf = ({ closed }: NamedAttempt): string => join(folder, String(closed.task + 1));
  const markOf = ({ closed }: NamedAttempt): string => `${run} ${String(closed.attempt)}\n`;
  const write = (result: NamedAttempt): void => {
    const place = placeOf(result);
    mkdirSync(place, { recursive: true });
    const put = (name: string, content: string): void => writeFileSync(join(place, name), content);
    for (const stream of STREAMS) copyPiece(result.outputs[stream], join(place, stream));
    put("seq", `${String(result.closed.task + 1)}\n`);
    put("id", `${result.id}\n`);
    put("exitval", `${String(result.closed.exitCode ?? -1)}\n`);
    // Last: with it all the others are there.
    put(MARK, markOf(result));
  };
  return {
    write,
    writeIfMissing(result) {
      if (textOf(join(placeOf(result), MARK)) !== markOf(result)) write(result);
    },
  };
}

/** Written last: which run's attempt all the others are of. */
const MARK = "attempt";

/** Would files be lost there that no run has written? */
export function holdsOtherFiles(place: string): boolean {
  try {
    return readdirSync(place).length > 0 && !/^\S+ \d+\n$/u.test(textOf(join(place, MARK)));
  } catch {
    return true;
  }
}

/** An empty stream has an empty file here: whoever reads `*\/stdout` finds one for each task. */
function copyPiece(piece: OutputPiece | undefined, path: string): void {
  const fd = openSync(path, "w");
  try {
    for (const chunk of piece === undefined ? [] : readPiece(piece)) writeSync(fd, chunk);
  } finally {
    closeSync(fd);
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
