/** The program: reads its words, does what they say, and returns the exit code. Every failure ends here. */
import { CommanderError } from "@commander-js/extra-typings";
import { EXIT } from "@stint/shared/failures.js";
import { markCommand } from "./command-line/mark-command.js";
import { stintProgram } from "./command-line/program.js";
import { fileTrouble } from "../store/file-trouble.js";
import { tellFailure } from "./failure.js";
import { isSeparator } from "./input/typed-inputs.js";

/** @param words what stands behind the program's name */
export async function main(words: readonly string[]): Promise<number> {
  let code: number = EXIT.done;
  let said = words;
  process.stdout.on("error", tellLostOutput);
  // Nothing can be said about it, and a run goes on without anybody who reads.
  process.stderr.on("error", () => undefined);
  try {
    const program = stintProgram((ended) => {
      code = ended;
    });
    said = markCommand(asHelpOption(words), program);
    await program.parseAsync(said, { from: "user" });
    return code;
  } catch (cause) {
    // Help or the version was shown.
    if (cause instanceof CommanderError) return EXIT.done;
    return tellFailure(cause, asksForJson(said));
  }
}

/** `stint help budget show` is `stint budget show --help`: a verb's own verbs have pages too. */
const asHelpOption = (words: readonly string[]): readonly string[] =>
  words[0] === "help" && words.length > 2 ? [...words.slice(1), "--help"] : words;

/** Known even when the other words make no sense. */
function asksForJson(words: readonly string[]): boolean {
  const end = words.findIndex((word) => word === "--" || isSeparator(word));
  return (end < 0 ? words : words.slice(0, end)).includes("--json");
}

/** A reader that has gone, as `| head`, is no trouble; anything else about standard output is, whatever else went well. */
function tellLostOutput(error: NodeJS.ErrnoException): void {
  if (error.code === "EPIPE") return;
  const code = tellFailure(fileTrouble("standard output", "somewhere to write to", error), false);
  process.once("exit", () => {
    process.exitCode = code;
  });
}
