/** How does a mistake on the command line, as commander found it, become the one clear form of an error? */
import type { CommanderError } from "@commander-js/extra-typings";
import type { Trouble } from "@stint/shared/failures.js";
import { quoted } from "@stint/shared/misread.js";
import { nearestWord } from "@stint/shared/nearest-word.js";
import { insteadOf } from "./instead-of.js";

/** @param verb as the user called it: `stint run` */
export function troubleOfCommander(error: CommanderError, verb: string): Trouble {
  const text = error.message.replace(/^error: /u, "");
  const [first = text] = text.split("\n");
  const suggestion = /\(Did you mean (?:one of )?(.+)\?\)/u.exec(text)?.[1];
  const help = `${verb} --help`;
  const usage = (code: string, found: string, expected: string, hint = help): Trouble => ({
    kind: "usage",
    code,
    where: verb,
    found,
    expected,
    hint,
  });
  const named = /'([^']*)'/u.exec(first)?.[1] ?? first;
  const near = suggestion === undefined ? help : `${suggestion}, or ${help}`;
  switch (error.code) {
    case "commander.unknownOption":
      if (/^-\.?\d/u.test(named)) return usage("bad-value", quoted(named), NO_SIGN, noSignHint(verb));
      return usage(
        "unknown-option",
        `the unknown option ${named}`,
        `an option of ${verb}`,
        insteadOf(named, verb) ?? near,
      );
    case "commander.unknownCommand":
      return usage("unknown-verb", `the unknown verb ${named}`, "a verb of stint", near);
    case "commander.missingArgument":
      return usage(
        "argument-missing",
        `no ${named.toUpperCase()}`,
        `${verb} ${named.toUpperCase()}`,
        named === "bag" ? bagHint(verb) : named === "machine" ? MACHINES : help,
      );
    case "commander.excessArguments":
      return usage("too-many-arguments", tooMany(first), "fewer words; one with spaces in it is quoted");
    case "commander.optionMissingArgument":
      return usage("value-missing", `${named.replace(/ <.*/u, "")} without a value`, named);
    case "commander.missingMandatoryOptionValue":
      return named.includes("<")
        ? usage("option-missing", `no ${named}`, `${named}, which has no default`)
        : usage("option-missing", `no ${named}`, `${named}, said in so many words`, `${verb} ${named}`);
    case "commander.conflictingOption":
      return usage("options-conflict", besideEachOther(first), "one of the two");
    case "commander.invalidArgument":
      return usage("bad-value", badValue(first), allowed(first), allowedHint(first, verb));
    case "commander.help":
      return usage("verb-missing", "no verb behind it", `a verb of ${verb}`);
    default:
      return usage("bad-usage", first, `the usage of ${verb}`);
  }
}

/** Where the names of machines stand. */
const MACHINES = "a name as in runs/latest/machines.csv, or as stint explain decision tells them";

/** `option '-f, --follow' cannot be used with option '--all'` */
function besideEachOther(text: string): string {
  const [, one, other] = /'([^']*)' cannot be used with option '([^']*)'/u.exec(text) ?? [];
  return one === undefined || other === undefined ? text : `${one} beside ${other}`;
}

/** `too many arguments for 'run'. Expected 1 argument but got 2.` */
function tooMany(text: string): string {
  const [, expected = "", got = ""] = /Expected (\d+) arguments? but got (\d+)/u.exec(text) ?? [];
  return got === "" ? text : `${got} words where ${expected} ${expected === "1" ? "is" : "are"} expected`;
}

/**
 * `option '--choose <offer>' argument 'foo' is invalid. Allowed choices are …`, and
 * `command-argument value 'tcsh' is invalid for argument 'shell'. Allowed choices are …`
 */
function badValue(text: string): string {
  const [, option, value] = /option '(\S+)[^']*' argument '(.*)' is invalid/u.exec(text) ?? [];
  if (option !== undefined && value !== undefined) return `${quoted(value)} for ${option}`;
  const [, word, name] = /value '(.*)' is invalid for argument '(\S+)'/u.exec(text) ?? [];
  return word === undefined || name === undefined ? text : `${quoted(word)} for ${name.toUpperCase()}`;
}

const choicesOf = (text: string): string[] =>
  /Allowed choices are (.+)\.$/u.exec(text)?.[1]?.split(", ") ?? [];

const allowed = (text: string): string => {
  const choices = choicesOf(text);
  return choices.length === 0 ? "a value it takes" : `one of: ${choices.join(", ")}`;
};

/** With the value that was meant, where one is near; else with one that is good. */
function allowedHint(text: string, verb: string): string {
  const choices = choicesOf(text);
  const value = /(?:argument|value) '(.*)' is invalid/u.exec(text)?.[1] ?? "";
  const good = nearestWord(value, choices) ?? choices[0];
  const option = /option '(\S+)/u.exec(text)?.[1];
  if (good === undefined) return `${verb} --help`;
  return option === undefined ? `${verb} ${good}` : `${option} ${good}`;
}

const NO_SIGN = "a value without a sign, or an option";
const noSignHint = (verb: string): string =>
  verb === "stint budget add"
    ? "a budget is only raised; to end a run sooner: stint cancel"
    : `leave the sign out, or see ${verb} --help`;

const bagHint = (verb: string): string =>
  `${verb} bag.txt; ${verb} - for standard input; ${verb} 'gzip -k {}' ::: *.txt; or ${verb} --help`;
