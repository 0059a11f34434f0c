/** `stint explain`: why is a task where it is, why was a machine rented, what was decided? */
import { exampleText, JSON_OPTION, newVerb, RUN_OPTION, RUNS_OPTION, type Ended, type Verb } from "./verb.js";

export const declareExplain = (ended: Ended): Verb =>
  newVerb("stint explain", "why: of a task, a machine or a decision, with the numbers compared")
    .addCommand(
      newVerb("stint explain task", "each attempt of a task: why it was started, and how it ended")
        .argument("<task>", "a task's id, or its number from 1")
        .option(...RUN_OPTION)
        .option(...RUNS_OPTION)
        .option(...JSON_OPTION)
        .action(async (task, flags) => {
          const { explainOneTask } = await import("../explain.js");
          ended(explainOneTask(task, flags));
        }),
    )
    .addCommand(
      newVerb("stint explain machine", "why a machine was rented, renewed and given back, and its bill")
        .argument("<machine>", "its name, as small-1")
        .option(...RUN_OPTION)
        .option(...RUNS_OPTION)
        .option(...JSON_OPTION)
        .action(async (machine, flags) => {
          const { explainOneMachine } = await import("../explain.js");
          ended(explainOneMachine(machine, flags));
        }),
    )
    .addCommand(
      newVerb("stint explain decision", "one decision by its number, or the latest ones")
        .argument(
          "[number]",
          "from 1, among all decisions of the run (default: the latest, with their numbers)",
        )
        .option(...RUN_OPTION)
        .option(...RUNS_OPTION)
        .option(...JSON_OPTION)
        .action(async (number, flags) => {
          const { explainOneDecision } = await import("../explain.js");
          ended(explainOneDecision(number, flags));
        }),
    )
    .addHelpText(
      "after",
      exampleText([
        { line: "stint explain task 12", does: "of the latest run" },
        { line: "stint explain machine small-1 --run runs/2026-01-02T03-04-05-bag", does: "" },
        { line: "stint explain decision", does: "the latest, with their numbers" },
      ]),
    );
