/** `stint resume`: a run goes on where it was left. */
import {
  CHOOSE_OPTION,
  HALT_OPTION,
  MAX_FAILURES_OPTION,
  WHEN_SHORT_OPTION,
  YES_OPTION,
} from "./shared-options.js";
import {
  exampleText,
  JSON_OPTION,
  newVerb,
  RUN_ARGUMENT,
  RUNS_OPTION,
  type Ended,
  type Verb,
} from "./verb.js";

export const declareResume = (ended: Ended): Verb =>
  newVerb("stint resume", "go on with a run that was stopped, killed or short of money")
    .description(
      "Goes on with a run where it was left: nothing that is done is done again. The flags of the first " +
        "call stay; those given now override them. With --bag the tasks of an edited bag that the run does not " +
        "have are added to it: a task is known by its id, or else by its command. What the run has stays as it is, " +
        "also where the edited bag has it no more; the pick stays too, and its plan is looked at anew.",
    )
    .argument(...RUN_ARGUMENT)
    .option("--bag <file>", "add what is new in this bag, an edited one, to the run")
    .addOption(CHOOSE_OPTION())
    .addOption(YES_OPTION())
    .addOption(WHEN_SHORT_OPTION())
    .addOption(HALT_OPTION())
    .addOption(MAX_FAILURES_OPTION())
    .option(...RUNS_OPTION)
    .option(...JSON_OPTION)
    .addHelpText(
      "after",
      exampleText([
        { line: "stint resume", does: "the latest run" },
        { line: "stint resume --bag bag.txt", does: "with the new lines of a bag that was edited" },
        { line: "stint resume --choose cheapest", does: "take an offer where nobody can be asked" },
        { line: "stint budget add 2usd && stint resume", does: "when the money ended" },
      ]),
    )
    .action(async (run, flags) => {
      const { resume } = await import("../resume.js");
      ended(await resume(run, flags));
    });
