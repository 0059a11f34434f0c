/** How does a mistake on the command line, as commander found it, become the one clear form of an error? */
import type { CommanderError } from "@commander-js/extra-typings";
import type { Trouble } from "@stint/shared/failures.js";
import { quoted } from "@stint/shared/misread.js";

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
      return usage("unknown-option", `the unknown option ${named}`, `an option of ${verb}`, near);
    case "commander.unknownCommand":
      return usage("unknown-verb", `the unknown verb ${named}`, "a verb of stint", near);
    case "commander.missingArgument":
      return usage("argument-missing", `no ${named.toUpperCase()}`, `${verb} ${named.toUpperCase()}`);
    case "commander.excessArguments":
      return usage("too-many-arguments", tooMany(first), "fewer words; one with spaces in it is quoted");
    case "commander.optionMissingArgument":
      return usage("value-missing", `${named.replace(/ <.*/u, "")} without a value`, named);
    case "commander.missingMandatoryOptionValue":
      return usage("option-missing", `no ${named}`, `${named}, which has no default`);
    case "commander.conflictingOption":
      return usage("options-conflict", first, "one of the two");
    case "commander.invalidArgument":
      return usage("bad-value", badValue(first), allowed(first));
    case "commander.help":
      return usage("verb-missing", "no verb behind it", `a verb of ${verb}`);
    default:
      return usage("bad-usage", first, `the usage of ${verb}`);
  }
}

/** `too many arguments for 'run'. Expected 1 argument but got 2.` */
function tooMany(text: string): string {
  const [, expected = "", got = ""] = /Expected (\d+) arguments? but got (\d+)/u.exec(text) ?? [];
  return got === "" ? text : `${got} words where ${expected} ${expected === "1" ? "is" : "are"} expected`;
}

/** `option '--choose <offer>' argument 'foo' is invalid. Allowed choices are …` */
function badValue(text: string): string {
  const [, option, value] = /option '(\S+)[^']*' argument '(.*)' is invalid/u.exec(text) ?? [];
  return option === undefined || value === undefined ? text : `${quoted(value)} for ${option}`;
}

const allowed = (text: string): string =>
  /Allowed choices are (.+)\.$/u.exec(text)?.[1] ?? "a value it takes";
