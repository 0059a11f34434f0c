/**
 * What every verb has: `--json`, examples under its help, errors in the one clear form. How a verb's words are
 * declared stands in a file each beside this one; what it does is loaded only when it is called.
 */
import { Command, type CommanderError, type CommandUnknownOpts } from "@commander-js/extra-typings";
import { TroubleError, type ExitCode } from "@stint/shared/failures.js";
import { troubleAt } from "@stint/shared/misread.js";
import { fittedText, helpCells } from "./help-width.js";
import { troubleOfCommander } from "./trouble-of-commander.js";

/** Told how the verb ended; the program's exit code. */
export type Ended = (code: ExitCode) => void;

/** A verb as the program takes it, whatever its words. */
export type Verb = CommandUnknownOpts;

export interface Example {
  readonly line: string;
  readonly does: string;
}

/**
 * A verb with its summary; arguments and options are added by whoever declares it.
 * @param path how it is called, as `stint budget add`
 */
export function newVerb(path: string, summary: string): Command {
  return new Command(path.slice(path.lastIndexOf(" ") + 1))
    .summary(summary)
    .description(summary)
    .helpOption("-h, --help", "show this")
    .helpCommand(false)
    .configureHelp({ subcommandTerm })
    .configureOutput({
      outputError: () => undefined,
      getOutHelpWidth: () => helpCells(process.stdout.columns),
      getErrHelpWidth: () => helpCells(process.stderr.columns),
      writeOut: (text) => process.stdout.write(fittedText(text, helpCells(process.stdout.columns))),
      writeErr: (text) => process.stderr.write(fittedText(text, helpCells(process.stderr.columns))),
    })
    .exitOverride((error) => refuse(error, path));
}

/** Options of a verb are found on its own page. */
const subcommandTerm = (verb: Verb): string =>
  [
    verb.name(),
    ...verb.registeredArguments.map((one) => (one.required ? `<${one.name()}>` : `[${one.name()}]`)),
  ].join(" ");

/** Help and version are no mistakes: they end the program as they are. */
function refuse(error: CommanderError, path: string): never {
  if (error.exitCode === 0) throw error;
  throw new TroubleError(troubleOfCommander(error, path));
}

/** Every verb has it. */
export const JSON_OPTION = ["--json", "standard output is exactly one JSON document, at the end"] as const;
/** Which run is meant; the same for every verb that looks at one. */
export const RUN_ARGUMENT = [
  "[run]",
  "a run's folder, or its name under the folder of runs (default: the latest)",
] as const;
export const RUN_OPTION = [
  "--run <run>",
  "a run's folder, or its name under the folder of runs (default: the latest)",
] as const;
export const RUNS_OPTION = ["--runs <dir>", "the folder of all runs", namedFolder, "runs"] as const;

/** An empty text would mean this folder to some of what looks for runs, and no folder to the rest. */
function namedFolder(text: string): string {
  if (text !== "") return text;
  throw troubleAt(
    { kind: "usage", where: "--runs" },
    {
      code: "bad-value",
      found: "an empty text",
      expected: "the folder in which runs are kept",
      hint: "leave --runs out for ./runs; for this very folder: --runs .",
    },
  );
}

/** Text for the end of a help page. */
export function exampleText(examples: readonly Example[]): string {
  const width = Math.max(...examples.map(({ line }) => line.length));
  const most = helpCells();
  const lines = examples.map(({ line, does }) =>
    does === ""
      ? `  ${line}`
      : width + does.length + 4 > most
        ? `  ${line}\n      ${does}`
        : `  ${line.padEnd(width)}  ${does}`,
  );
  return `\nExamples:\n${lines.join("\n")}\n`;
}

/** Gathers an option that may be given several times. */
export const gathered = (value: string, before: readonly string[] | undefined): string[] => [
  ...(before ?? []),
  value,
];
