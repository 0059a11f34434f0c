/** `stint budget`: what has the money of a run come to, and how is more of it added? */
import {
  exampleText,
  JSON_OPTION,
  newVerb,
  RUN_ARGUMENT,
  RUNS_OPTION,
  type Ended,
  type Verb,
} from "./verb.js";

export const declareBudget = (ended: Ended): Verb =>
  newVerb("stint budget", "show a run's money, or add to it")
    .addCommand(declareShow(ended))
    .addCommand(declareAdd(ended))
    .addHelpText(
      "after",
      exampleText([
        { line: "stint budget show", does: "budget, spent and committed of the latest run" },
        { line: "stint budget add 2usd && stint resume", does: "go on with a run whose money ended" },
      ]),
    );

const declareShow = (ended: Ended): Verb =>
  newVerb("stint budget show", "budget, spent, committed, and what each machine may still cost")
    .argument(...RUN_ARGUMENT)
    .option(...RUNS_OPTION)
    .option(...JSON_OPTION)
    .addHelpText(
      "after",
      exampleText([
        { line: "stint budget show", does: "of the latest run" },
        { line: "stint budget show --json | jq .committed_usd", does: "for scripts" },
      ]),
    )
    .action(async (run, flags) => {
      const { showBudget } = await import("../budget-show.js");
      ended(showBudget({ run, ...flags }));
    });

const declareAdd = (ended: Ended): Verb =>
  newVerb("stint budget add", "raise the budget of a run, at work or not")
    .argument("<amount>", "how much more, with its currency, as 2usd")
    .argument(...RUN_ARGUMENT)
    .option(...RUNS_OPTION)
    .option(...JSON_OPTION)
    .addHelpText(
      "after",
      exampleText([
        { line: "stint budget add 2usd", does: "2 dollars more for the latest run" },
        { line: "stint budget add 0.50usd runs/2026-01-02T03-04-05-bag", does: "" },
      ]),
    )
    .action(async (amount, run, flags) => {
      const { addToBudget } = await import("../budget-add.js");
      ended(await addToBudget(amount, { run, ...flags }));
    });
