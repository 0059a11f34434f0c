/** The tasks of a bag that a person named: a file, or `-` for standard input. */
import type { Task } from "@stint/shared/bag/bag.js";
import { parseBag, parserFor } from "@stint/shared/bag/parse-bag.js";
import { bytesOf, openBytes } from "./open-file.js";

export const STANDARD_INPUT = "-";
const BAG = "a bag of tasks";

/** Streams: what is wrong with a line is thrown when that line is reached. */
export function readBag(
  path: string,
  standardInput: AsyncIterable<Uint8Array> = process.stdin,
): AsyncGenerator<Task> {
  if (path === STANDARD_INPUT)
    return parseBag("standard input", openBytes(standardInput, "standard input", BAG));
  // A format that is not read is said before the file is touched.
  parserFor(path);
  return parseBag(path, bytesOf(path, BAG));
}
