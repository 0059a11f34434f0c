/** Many bags under one master: `stint master`, `submit`, `ps`, `choose`, and the process of one bag. */
import { Argument, Option } from "@commander-js/extra-typings";
import { OFFER_NAMES } from "../../planner/vocabulary/settings.js";
import { CHOOSE_OPTION, once } from "./shared-options.js";
import {
  exampleText,
  JSON_OPTION,
  newVerb,
  RUN_ARGUMENT,
  RUNS_OPTION,
  type Ended,
  type Verb,
} from "./verb.js";

const HOME_OPTION = [
  "--home <dir>",
  "where the master keeps its runs (default: $STINT_HOME, else ~/.local/state/stint)",
] as const;

export const declareMaster = (ended: Ended): Verb =>
  newVerb("stint master", "take bags and carry them out, many at a time, with a page to watch them")
    .description(
      "Takes bags until it is stopped. Each is carried out by a process of its own, with machines of its own and " +
        "within its own budget, which is reserved from the budget over all when it is handed in. Ctrl-C ends the " +
        "master and no run: runs go on, and the next master of the same home takes them back.",
    )
    .option(...HOME_OPTION)
    .option("--budget <amount>", "the most that all runs may cost together (default: what was said last)")
    .option("--clusters <file>", "what bags may rent that bring no clusters (default: stint.yaml here)")
    .option("--port <number>", "where the page is, on this computer alone (default: as last time)")
    .option("--metrics-port <number>", "figures for Prometheus, on this computer alone")
    .option("--webhook <url>", "told of each run that ends, with its receipt")
    .option("--detach", "in the background: it survives the terminal")
    .option(...JSON_OPTION)
    .addHelpText(
      "after",
      exampleText([
        { line: "stint master --budget 100usd", does: "until Ctrl-C" },
        { line: "stint master --detach", does: "then: stint submit, stint ps" },
      ]),
    )
    .action(async (flags) => {
      const { master } = await import("../master.js");
      ended(await master(flags));
    });

export const declareSubmit = (ended: Ended): Verb =>
  newVerb("stint submit", "hand a bag to the master, and watch it")
    .description(
      "Hands a bag to the master of this user (stint master), which carries it out in this folder. Shows it until it " +
        "is over, as stint watch does: Ctrl-C leaves the watching and not the run. Which offer to take is picked on " +
        "the page, with stint choose, or beforehand with --choose.",
    )
    .argument("<bag>", "a command a line (*.txt), an object a line (*.jsonl), a template (*.yaml), or -")
    .option(
      "--budget <amount>",
      "the most that may be spent, with its currency, as 5usd",
      once("--budget", "say the one that holds; to compare budgets: stint simulate"),
    )
    .addOption(CHOOSE_OPTION())
    .option("--clusters <file>", "what may be rented (default: stint.yaml here, else the master's)")
    .option("--retries <count>", "further attempts for a task that fails or times out")
    .option("--timeout <span>", "for each attempt, as 90s (default: none)")
    .option("--replicable", "a task may run twice at the same time: pairs and copies are allowed")
    .option("--name <name>", "what to call the run (default: after the bag)")
    .option("--detach", "do not watch it: leave as soon as it is taken")
    .option(...HOME_OPTION)
    .option(...JSON_OPTION)
    .addHelpText(
      "after",
      exampleText([
        { line: "stint submit bag.txt --budget 5usd", does: "and watch; pick an offer on the page" },
        { line: "stint submit bag.txt --budget 5usd --choose fastest --detach", does: "and go home" },
      ]),
    )
    .action(async (bag, flags) => {
      const { submit } = await import("../submit.js");
      ended(await submit(bag, flags));
    });

export const declarePs = (ended: Ended): Verb =>
  newVerb("stint ps", "the runs of the master, and what they cost")
    .option("--all", "every run, however long ago it ended")
    .addOption(
      new Option(
        "--spent <span>",
        "what the runs have cost that were begun this month (UTC), or all of them",
      ).choices(["month", "all"] as const),
    )
    .option(...HOME_OPTION)
    .option(...JSON_OPTION)
    .addHelpText(
      "after",
      exampleText([
        { line: "stint ps", does: "what goes on, and what ended last" },
        { line: "stint ps --spent month", does: "what this month's bags have cost" },
      ]),
    )
    .action(async (flags) => {
      const { ps } = await import("../ps.js");
      ended(await ps(flags));
    });

export const declareChoose = (ended: Ended): Verb =>
  newVerb("stint choose", "pick the offer that a run waits for")
    .description(
      "Picks an offer for a run at work that waits for a choice, as at its own prompt or on its page.",
    )
    .addArgument(new Argument("<offer>", "which one; stint status shows them").choices(OFFER_NAMES))
    .argument(...RUN_ARGUMENT)
    .option(...RUNS_OPTION)
    .option(...JSON_OPTION)
    .addHelpText(
      "after",
      exampleText([
        { line: "stint choose fastest", does: "for the latest run here" },
        { line: "stint choose cheapest nightly", does: "for the run nightly of the master" },
      ]),
    )
    .action(async (offer, run, flags) => {
      const { choose } = await import("../choose.js");
      ended(await choose(offer, { run, ...flags }));
    });

export const declareCarryOut = (ended: Ended): Verb =>
  newVerb("stint carry-out", "the process of one run, as stint master starts it")
    .argument("<folder>", "the run's folder, with what was handed in")
    .addOption(CHOOSE_OPTION())
    .option("--retry-failed", "the tasks that failed for good are run again")
    .option("--unless-ended", "go on with it only where it has not come to an end")
    .option(...JSON_OPTION)
    .addHelpText("after", exampleText([{ line: "stint carry-out ~/.local/state/stint/runs/NAME", does: "" }]))
    .action(async (folder, flags) => {
      const { carryOut } = await import("../carry-out.js");
      ended(await carryOut(folder, flags));
    });
