/**
 * Where in the words does a command begin, whose own flags are not stint's? Behind `:::` all words are inputs. Before
 * it, one word with spaces in it is a whole command, and flags around it are stint's; a first word without spaces
 * begins a command that goes on up to `:::`, flags and all.
 */
import type { Option } from "@commander-js/extra-typings";
import { troubleAt, type Misread } from "@stint/shared/misread.js";
import { nearestWord } from "@stint/shared/nearest-word.js";
import { commandAlone, isNoBag } from "../input/command-alone.js";
import { isSeparator } from "../input/typed-inputs.js";
import { insteadOf } from "./instead-of.js";
import type { Verb } from "./verb.js";

/** Puts a `--` where the flags of the verb end, when the words say by `:::` or `--input` that they are a command. */
export function markCommand(words: readonly string[], program: Verb): readonly string[] {
  const verb = program.commands.find((one) => one.name() === words[0]);
  const takesInput = verb?.options.some(({ long }) => long === "--input") === true;
  if (verb === undefined || !takesInput) return words;
  const separator = words.findIndex(isSeparator);
  const end = separator < 0 ? words.length : separator;
  const first = firstWord(words, end, verb);
  const flags = words.slice(1, first);
  if (words.slice(0, end).includes("--")) return words;
  refuseOptionsBehind(words.slice(end), verb);
  if (separator < 0 && !flags.some((word) => /^--input(?:=|$)/u.test(word))) {
    refuseCommandAlone(words, first, verb);
    return words;
  }
  const bare = first < end && !/\s/u.test(words[first] ?? "");
  return bare ? marked(words, first) : separator < 0 ? words : marked(words, separator);
}

/**
 * `ls -la` where a bag should be: its flags would be taken for misspelt ones of the verb. One that is near to a flag of
 * the verb is left to be told as a slip.
 */
function refuseCommandAlone(words: readonly string[], first: number, verb: Verb): void {
  const word = words[first];
  if (word === undefined || /\s/u.test(word) || !isNoBag(word)) return;
  const longs = verb.options.flatMap(({ long }) => long ?? []);
  let foreign: string | undefined;
  let last = first;
  for (let at = first + 1; at < words.length; at += 1) {
    const one = words[at] ?? "";
    const own = verb.options.find((option) => isWritten(option, one));
    if (own === undefined) last = at;
    else if (own.required && (one === own.long || one === own.short)) at += 1;
    if (own === undefined && one.startsWith("-") && one !== "-") foreign ??= one;
  }
  if (foreign === undefined || isWritten(HELP, foreign)) return;
  if (foreign.startsWith("--") && nearestWord(foreign.replace(/=.*$/u, ""), longs) !== undefined) return;
  const path = `stint ${verb.name()}`;
  // Flags of the verb's own at the end are no part of the command.
  throw troubleAt({ kind: "usage", where: path }, commandAlone(words.slice(first, last + 1), path));
}

/** Of GNU parallel they would be inputs in silence: `rm {}` would be told to remove a budget. */
function refuseOptionsBehind(inputs: readonly string[], verb: Verb): void {
  const options = [...verb.options, HELP];
  const own = inputs.find((word) => options.some((option) => isWritten(option, word)));
  if (own === undefined) return;
  const path = `stint ${verb.name()}`;
  throw troubleAt(
    { kind: "usage", where: path },
    {
      code: "option-among-inputs",
      found: `its own option ${own} behind ${inputs[0] ?? ":::"}, where all words are inputs`,
      expected: "options of stint before the command",
      hint: `${path} ${own} … ::: …; where it is meant as an input: ${path} -- COMMAND ::: ${own}`,
    },
  );
}

/** Commander keeps it apart from the options of a verb. */
const HELP = { long: "--help", short: "-h", required: false };

/** With its value or without: `--jobs`, `--jobs=4`, `-j`, `-j4`; and `-h`, but not `-head`. */
function isWritten({ long, short, required }: Pick<Option, "long" | "short" | "required">, word: string) {
  if (long !== undefined && (word === long || word.startsWith(`${long}=`))) return true;
  return short !== undefined && (word === short || (required && word.startsWith(short)));
}

/** The first that is neither a flag of the verb nor the value of one. */
function firstWord(words: readonly string[], end: number, verb: Verb): number {
  for (let at = 1; at < end; at += 1) {
    const word = words[at] ?? "";
    if (!word.startsWith("-") || word === "-") return at;
    // To commander a negative number, which a word may be.
    if (/^-\d/u.test(word))
      throw troubleAt({ kind: "usage", where: `stint ${verb.name()}` }, noSuch(word, verb));
    const option = verb.options.find(({ long, short }) => long === word || short === word);
    if (option?.required === true) at += 1;
  }
  return end;
}

function noSuch(option: string, verb: Verb): Misread {
  const path = `stint ${verb.name()}`;
  return {
    code: "unknown-option",
    found: `the unknown option ${option}`,
    expected: `an option of ${path}`,
    hint: insteadOf(option, path) ?? `${path} --help`,
  };
}

const marked = (words: readonly string[], at: number): string[] => [
  ...words.slice(0, at),
  "--",
  ...words.slice(at),
];
