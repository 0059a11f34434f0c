/**
 * A command stands where a bag is expected, and no inputs behind it: how is that seen, and what is to be typed instead?
 * Known before anything that reads bags is loaded.
 */
import { shellWord } from "@stint/shared/bag/template/shell-word.js";
import { quoted, type Misread } from "@stint/shared/misread.js";
import { fileExists } from "./open-file.js";

/** With a brace, or several words of which the last names no bag. */
export const looksLikeCommand = (text: string): boolean =>
  (BRACE.test(text) || /\s/u.test(text)) && !BAG_NAME.test(text);

const BRACE = /\{[^\s{}]*\}/u;
const BAG_NAME = /\.(?:txt|jsonl|ya?ml)$/iu;

/** No bag by its name, nor a file or standard input: where more words follow it, it is a command's first word. */
export const isNoBag = (word: string): boolean => word !== "-" && !BAG_NAME.test(word) && !fileExists(word);

/** @param words one is the whole command; several have lost their quotes to the shell @param verb as it was called */
export const commandAlone = (words: readonly string[], verb = "stint run"): Misread => ({
  code: "no-inputs",
  found: `${quoted(words.join(" "))}, which is no file, and no inputs for it as a command`,
  expected: "a bag; or a command in quotes, and behind ::: its inputs",
  hint: hintFor(words.length === 1 ? words.join("") : words.map(quotedAgain).join(" "), verb),
});

/** Braces are no quoting's business: what they stand for is quoted as it is put in. */
const quotedAgain = (word: string): string => (/^[-\w.+,:=@%/{}#]+$/u.test(word) ? word : shellWord(word));

const SHOWN_MOST = 60;

/** With a brace where its inputs will stand, so that it is seen that there is such a thing. */
function hintFor(command: string, verb: string): string {
  const long = command.length > SHOWN_MOST;
  const braced = long ? "COMMAND" : shellWord(BRACE.test(command) ? command : `${command} {}`);
  const once = BRACE.test(command) ? "" : `; just once: ${verb} ::: ${long ? "COMMAND" : shellWord(command)}`;
  return `${verb} ${braced} ::: INPUT…; with each line of a pipe as an input: ${verb} --input - ${braced}${once}`;
}
