/** `stint retry`: what failed is run again. */
import { WHEN_SHORT_OPTION } from "./shared-options.js";
import {
  exampleText,
  JSON_OPTION,
  newVerb,
  RUN_ARGUMENT,
  RUNS_OPTION,
  type Ended,
  type Verb,
} from "./verb.js";

export const declareRetry = (ended: Ended): Verb =>
  newVerb("stint retry", "run the failed tasks of a run again, in the same run")
    .description(
      "Goes on with a run: its failed tasks are run again with all their retries, once each; what is done is " +
        "not. The kept commands are run: mend a script that they call, not the bag.",
    )
    .argument(...RUN_ARGUMENT)
    .requiredOption("--failed", "the tasks that failed for good or are in quarantine")
    .addOption(WHEN_SHORT_OPTION())
    .option(...RUNS_OPTION)
    .option(...JSON_OPTION)
    .addHelpText("after", exampleText([{ line: "stint retry --failed", does: "of the latest run" }]))
    .action(async (run, { failed: _, ...flags }) => {
      const { retryFailed } = await import("../retry.js");
      ended(await retryFailed(run, flags));
    });
