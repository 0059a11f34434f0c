/** Which words can stand where? Read off the declared program, so that a completion is never behind it. */
import type { Option } from "@commander-js/extra-typings";
import type { Verb } from "../command-line/verb.js";

export interface OptionWord {
  /** As `--choose`. */
  readonly word: string;
  readonly says: string;
  readonly takesValue: boolean;
  /** Values that it takes, where they are few. */
  readonly values: readonly string[];
  /** The value is a run: its name, or a folder. */
  readonly takesRun: boolean;
}

export interface VerbWords {
  /** As `budget add`; empty for the program itself. */
  readonly path: string;
  readonly says: string;
  readonly verbs: readonly string[];
  readonly options: readonly OptionWord[];
  /** Words that stand for its first argument, where they are few. */
  readonly values: readonly string[];
  /** An argument is a run: its name, or a folder. */
  readonly takesRun: boolean;
}

/** What a shell lists for a run; elsewhere than in the usual folder of runs a path completes it. */
export const RUN_NAMES = "command ls runs 2>/dev/null";

/** The program first, then each verb and the verbs below it. */
export function wordsOf(program: Verb, path = ""): VerbWords[] {
  const { commands, options, registeredArguments } = program;
  const own: VerbWords = {
    path,
    says: program.summary(),
    verbs: commands.map((verb) => verb.name()),
    options: [...options.map(optionWord), HELP],
    values: registeredArguments[0]?.argChoices ?? [],
    takesRun: registeredArguments.some((argument) => argument.name() === RUN),
  };
  return [own, ...commands.flatMap((verb) => wordsOf(verb, `${path} ${verb.name()}`.trim()))];
}

const optionWord = ({ long, description, required, argChoices }: Option): OptionWord => ({
  word: long ?? "",
  says: description,
  takesValue: required,
  values: argChoices ?? [],
  takesRun: long === `--${RUN}`,
});

const RUN = "run";

const HELP: OptionWord = {
  word: "--help",
  says: "show this",
  takesValue: false,
  values: [],
  takesRun: false,
};
