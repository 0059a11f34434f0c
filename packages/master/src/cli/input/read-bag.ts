/** The tasks of a bag that a person named: a file, or `-` for standard input. */
import type { Task } from "@stint/shared/bag/bag.js";
import { countTasks } from "@stint/shared/bag/count-tasks.js";
import { parseBag, parserFor } from "@stint/shared/bag/parse-bag.js";
import type { Note } from "./command-bag.js";
import { bytesOf, openBytes } from "./open-file.js";

export const STANDARD_INPUT = "-";
const BAG = "a bag of tasks";

/**
 * Streams: what is wrong with a line is thrown when that line is reached.
 * @param note told of what is no mistake, and may not be what was meant
 */
export function readBag(
  path: string,
  note: Note = () => undefined,
  standardInput: AsyncIterable<Uint8Array> = process.stdin,
): AsyncGenerator<Task> {
  if (path === STANDARD_INPUT)
    return parseBag("standard input", openBytes(standardInput, "standard input", BAG));
  if (/\.ya?ml$/iu.test(path)) return templateBag(path, note);
  // A format that is not read is said before the file is touched.
  parserFor(path);
  return parseBag(path, bytesOf(path, BAG));
}

/** What reads YAML and CSV is loaded where there is any. */
async function* templateBag(path: string, note: Note): AsyncGenerator<Task> {
  const { readTemplate } = await import("./template-file.js");
  yield* countTasks(path, readTemplate(path, note), {
    expected: "one row of values or more",
    hint: "behind its first row, a CSV file has a row for each task",
  });
}
