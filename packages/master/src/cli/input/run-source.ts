/** Which tasks does `stint run` mean by its words: those of a bag, or those of a command with inputs? */
import { basename, extname } from "node:path";
import type { Task } from "@stint/shared/bag/bag.js";
import { invariant } from "@stint/shared/invariant.js";
import { troubleAt, type Misread, type Place } from "@stint/shared/misread.js";
import { commandAlone, isNoBag, looksLikeCommand } from "./command-alone.js";
import { commandBag } from "./command-bag.js";
import { fileExists } from "./open-file.js";
import { readBag, STANDARD_INPUT } from "./read-bag.js";
import { isSeparator, typedInputs } from "./typed-inputs.js";

export interface RunSource {
  /** As it was typed: a path, `-`, or the command. */
  readonly bag: string;
  readonly tasks: AsyncIterable<Task>;
  /** What the run is called, unless it is given a name. */
  readonly name: string;
  /** Lines for the person, of what was read so far; all of them when the tasks have been read. */
  readonly notes: readonly string[];
}

/** With `:::` or `--input` the words are a command, without they are one bag. */
export function runSource(words: readonly string[], input: string | undefined): RunSource {
  const notes: string[] = [];
  const note = (line: string): number => notes.push(line);
  if (input !== undefined || words.some(isSeparator)) {
    const typed = typedInputs(words, input);
    const bag = typed.command ?? ":::";
    return { bag, tasks: commandBag(typed, note), name: nameOfCommand(bag), notes };
  }
  const [bag, ...more] = words;
  invariant(bag !== undefined, "the command line asks for a bag");
  if (more.length > 0) throw troubleAt(HERE, isNoBag(bag) ? commandAlone(words) : manyWords(words.length));
  if (looksLikeCommand(bag) && !fileExists(bag)) throw troubleAt(HERE, commandAlone([bag]));
  return { bag, tasks: readBag(bag, note), name: nameOfBag(bag), notes };
}

const HERE: Place = { kind: "usage", where: "stint run" };

/** After its file: `bag.txt` is `bag`. */
const nameOfBag = (bag: string): string =>
  bag === STANDARD_INPUT ? "stdin" : basename(bag, extname(bag)) || "run";

/** After its program: `/usr/bin/gzip -k {}` is `gzip`. */
const nameOfCommand = (command: string): string =>
  /[\w.-]*\w/u.exec(basename(command.trim().split(/\s/u)[0] ?? ""))?.[0] ?? "run";

const manyWords = (count: number): Misread => ({
  code: "too-many-arguments",
  found: `${String(count)} words where 1 is expected`,
  expected: "one bag; or a command, and behind ::: its inputs",
  hint: "stint run bag.txt, or stint run 'gzip -k {}' ::: *.txt",
});
