/** The verbs that reach a run at work from elsewhere: `stint status`, `watch`, `pause`, `cancel`. */
import {
  exampleText,
  JSON_OPTION,
  newVerb,
  RUN_ARGUMENT,
  RUNS_OPTION,
  type Ended,
  type Verb,
} from "./verb.js";

export const declareStatus = (ended: Ended): Verb =>
  newVerb("stint status", "where a run stands: tasks, machines, money, time left")
    .argument(...RUN_ARGUMENT)
    .option(...RUNS_OPTION)
    .option(...JSON_OPTION)
    .addHelpText(
      "after",
      exampleText([
        { line: "stint status", does: "of the latest run, at work or not" },
        { line: "stint status --json | jq .tasks.left", does: "the fields of summary.json, as of now" },
      ]),
    )
    .action(async (run, flags) => {
      const { status } = await import("../status.js");
      ended(await status({ run, ...flags }));
    });

export const declareWatch = (ended: Ended): Verb =>
  newVerb("stint watch", "the live screen of a run that goes on elsewhere")
    .description(
      "Shows a run that goes on elsewhere until it is over, as after its terminal was lost. Ctrl-C leaves the " +
        "watching and not the run. The exit code is the run's.",
    )
    .argument(...RUN_ARGUMENT)
    .option(...RUNS_OPTION)
    .option(...JSON_OPTION)
    .addHelpText(
      "after",
      exampleText([
        { line: "stint watch", does: "the latest run" },
        { line: "stint watch --json > summary.json", does: "waits for its end" },
      ]),
    )
    .action(async (run, flags) => {
      const { watch } = await import("../watch.js");
      ended(await watch({ run, ...flags }));
    });

export const declarePause = (ended: Ended): Verb =>
  newVerb("stint pause", "let a run start, rent and renew nothing until it is resumed")
    .description(
      "A run at work starts no task, rents no machine and renews none. Tasks that run go on to the end of what " +
        "is paid; what then still runs is run again later. `stint resume` lets it go on.",
    )
    .argument(...RUN_ARGUMENT)
    .option(...RUNS_OPTION)
    .option(...JSON_OPTION)
    .addHelpText(
      "after",
      exampleText([{ line: "stint pause && sleep 600 && stint resume", does: "ten minutes of quiet" }]),
    )
    .action(async (run, flags) => {
      const { pause } = await import("../cancel.js");
      ended(await pause({ run, ...flags }));
    });

export const declareCancel = (ended: Ended): Verb =>
  newVerb("stint cancel", "stop a run at work, as Ctrl-C where it was begun would")
    .description(
      "Stops a run at work: no task is started any more, those that run have 30 s to end, machines are given " +
        "back. What is done stays done, and `stint resume` goes on from there.",
    )
    .argument(...RUN_ARGUMENT)
    .option("--now", "what runs is cancelled at once")
    .option(...RUNS_OPTION)
    .option(...JSON_OPTION)
    .addHelpText(
      "after",
      exampleText([
        { line: "stint cancel", does: "the latest run" },
        { line: "stint cancel --now runs/2026-01-02T03-04-05-bag", does: "" },
      ]),
    )
    .action(async (run, flags) => {
      const { cancel } = await import("../cancel.js");
      ended(await cancel({ run, ...flags }));
    });
