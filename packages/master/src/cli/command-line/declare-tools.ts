/** The verbs that need no run: `stint schema`, `stint completion`. */
import { Argument } from "@commander-js/extra-typings";
import { SCHEMA_NAMES } from "../schemas/schema-names.js";
import { SHELLS } from "./shells.js";
import { exampleText, JSON_OPTION, newVerb, type Ended, type Verb } from "./verb.js";

export const declareSchema = (ended: Ended): Verb =>
  newVerb("stint schema", "the JSON Schema of a document or a table that stint writes")
    .addArgument(new Argument("[name]", "which one (default: their names)").choices(SCHEMA_NAMES))
    .option(...JSON_OPTION)
    .addHelpText("after", exampleText([{ line: "stint schema summary > summary.schema.json", does: "" }]))
    .action(async (name, flags) => {
      const { schema } = await import("../schema.js");
      ended(schema(name, flags));
    });

/** @param program the whole of it, known when the verb is called */
export const declareCompletion = (ended: Ended, program: () => Verb): Verb =>
  newVerb("stint completion", "a script with which a shell completes the words of stint")
    .addArgument(new Argument("<shell>", "which shell").choices(SHELLS))
    .option(...JSON_OPTION)
    .addHelpText(
      "after",
      exampleText([
        { line: 'eval "$(stint completion bash)"', does: "in ~/.bashrc" },
        { line: "stint completion zsh > ~/.zfunc/_stint", does: "a folder of fpath" },
        { line: "stint completion fish > ~/.config/fish/completions/stint.fish", does: "" },
      ]),
    )
    .action(async (shell, flags) => {
      const { completion } = await import("../completion.js");
      ended(completion(shell, program(), flags));
    });
