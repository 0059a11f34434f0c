/** Which tasks does `stint run` mean by its words: those of a bag, or those of a command with inputs? */
import { basename, extname } from "node:path";
import type { Task } from "@stint/shared/bag/bag.js";
import { invariant } from "@stint/shared/invariant.js";
import { troubleAt, type Misread } from "@stint/shared/misread.js";
import { commandBag } from "./command-bag.js";
import { readBag, STANDARD_INPUT } from "./read-bag.js";
import { isSeparator, typedInputs } from "./typed-inputs.js";

export interface RunSource {
  /** As it was typed: a path, `-`, or the command. */
  readonly bag: string;
  readonly tasks: AsyncIterable<Task>;
  /** What the run is called, unless it is given a name. */
  readonly name: string;
}

/** With `:::` or `--input` the words are a command, without they are one bag. */
export function runSource(words: readonly string[], input: string | undefined): RunSource {
  if (input !== undefined || words.some(isSeparator)) {
    const typed = typedInputs(words, input);
    const bag = typed.command ?? ":::";
    return { bag, tasks: commandBag(typed), name: nameOfCommand(bag) };
  }
  const [bag, ...more] = words;
  invariant(bag !== undefined, "the command line asks for a bag");
  if (more.length > 0) throw troubleAt({ kind: "usage", where: "stint run" }, manyWords(words.length));
  return { bag, tasks: readBag(bag), name: nameOfBag(bag) };
}

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
