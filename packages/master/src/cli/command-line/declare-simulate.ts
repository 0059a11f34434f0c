/** `stint simulate`: what would this money have bought? */
import { InvalidArgumentError, Option } from "@commander-js/extra-typings";
import { PARTS } from "../../planner/vocabulary/settings.js";
import { CHOOSE_OPTION } from "./shared-options.js";
import { exampleText, gathered, JSON_OPTION, newVerb, type Ended, type Verb } from "./verb.js";

export const declareSimulate = (ended: Ended): Verb =>
  newVerb("stint simulate", "the same decisions on recorded or made-up runtimes")
    .description(
      "Runs a bag in an imagined world: the same planner and the same loop as a real run, a clock that does not " +
        "wait, runtimes that were recorded or are drawn. The same inputs and seed give the same result, to the byte.",
    )
    .argument("<runtimes>", "a CSV file, a joblog, or a distribution: 'normal(15min,2.27min)' with --tasks")
    .requiredOption(
      "--clusters <file>",
      "the clusters, with what is imagined of them (speed, boot, noise, …)",
    )
    .option("--budget <amount>", "as 5usd; repeat it to compare budgets", gathered)
    .addOption(CHOOSE_OPTION().default("cheapest+20" as const))
    .addOption(
      new Option("--policy <policy>", "who decides")
        .choices(["stint", "bats", "round-robin", "informed"])
        .default("stint" as const),
    )
    .option("--seed <number>", "of the first run; the next runs take the numbers after it", "1")
    .option("--runs <count>", "runs for each budget", "1")
    .option("--tasks <count>", "how many tasks to draw from a distribution")
    .option("--no-replicable", "no task may run twice at the same time")
    .addOption(
      new Option("--without <part>", "switch a part of the planner off (repeatable)").argParser(gatheredPart),
    )
    .option("--attempts <file>", "write a row for each attempt (CSV); one run only")
    .option("--machines <file>", "write a row for each machine (CSV); one run only")
    .option(...JSON_OPTION)
    .addHelpText(
      "after",
      exampleText([
        {
          line: "stint simulate runtimes.csv --clusters two.yaml --budget 5usd --budget 8usd",
          does: "what would each have bought?",
        },
        {
          line: "stint simulate 'normal(15min,2.27min)' --tasks 1000 --clusters two.yaml",
          does: "of a distribution, without a limit",
        },
      ]),
    )
    .addHelpText("after", RECORDED)
    .action(async (runtimes, flags) => {
      const { simulate } = await import("../simulate.js");
      ended(await simulate(runtimes, flags));
    });

type Part = (typeof PARTS)[number];

function gatheredPart(word: string, before: readonly Part[] | undefined): Part[] {
  const part = PARTS.find((one) => one === word);
  if (part === undefined) throw new InvalidArgumentError(`Allowed choices are ${PARTS.join(", ")}.`);
  return [...(before ?? []), part];
}

const RECORDED = `Runtimes of a joblog count by the speed that the clusters file gives to the
cluster they were recorded on; of a cluster that it does not name, by speed 1.`;
