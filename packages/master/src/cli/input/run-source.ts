/** Which tasks does `stint run` mean by its words: those of a bag, or those of a command with inputs? */
import { basename, extname } from "node:path";
import type { Task } from "@stint/shared/bag/bag.js";
import { shellWord } from "@stint/shared/bag/template/shell-word.js";
import { invariant } from "@stint/shared/invariant.js";
import { quoted, troubleAt, type Misread, type Place } from "@stint/shared/misread.js";
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
  if (input !== undefined || words.some(isSeparator)) {
    const typed = typedInputs(words, input);
    const bag = typed.command ?? ":::";
    const notes: string[] = [];
    return { bag, tasks: commandBag(typed, (line) => notes.push(line)), name: nameOfCommand(bag), notes };
  }
  const [bag, ...more] = words;
  invariant(bag !== undefined, "the command line asks for a bag");
  if (more.length > 0)
    throw troubleAt(HERE, isNoBag(bag) ? commandAlone(words.join(" ")) : manyWords(words.length));
  if (looksLikeCommand(bag) && !fileExists(bag)) throw troubleAt(HERE, commandAlone(bag));
  return { bag, tasks: readBag(bag), name: nameOfBag(bag), notes: [] };
}

const HERE: Place = { kind: "usage", where: "stint run" };

/** With a brace, or several words of which the last names no bag. */
const looksLikeCommand = (text: string): boolean =>
  (BRACE.test(text) || /\s/u.test(text)) && !BAG_NAME.test(text);

const BRACE = /\{[^\s{}]*\}/u;
const BAG_NAME = /\.(?:txt|jsonl|ya?ml)$/iu;

/** Where more follows it, it is a command's first word. */
export const isNoBag = (word: string): boolean =>
  word !== STANDARD_INPUT && !BAG_NAME.test(word) && !fileExists(word);

/** @param verb as it was called, with the flags that were taken as its own */
export const commandAlone = (command: string, verb = "stint run"): Misread => ({
  code: "no-inputs",
  found: `${quoted(command)}, which is no file, and no inputs for it as a command`,
  expected: "a bag; or a command in quotes, and behind ::: its inputs",
  hint: hintFor(command, verb),
});

const SHOWN_MOST = 60;

/** With a brace where its inputs will stand, so that it is seen that there is such a thing. */
function hintFor(command: string, verb: string): string {
  const long = command.length > SHOWN_MOST;
  const braced = long ? "COMMAND" : shellWord(BRACE.test(command) ? command : `${command} {}`);
  const once = BRACE.test(command) ? "" : `; just once: ${verb} ::: ${long ? "COMMAND" : shellWord(command)}`;
  return `${verb} ${braced} ::: INPUT…; with each line of a pipe as an input: ${verb} --input - ${braced}${once}`;
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
