/** `stint plan`: the words of `stint run` without those that choose, as nothing is chosen. */
import type { RunFlags } from "../run.js";
import { declareRun } from "./declare-run.js";
import { exampleText, newVerb, type Ended, type Verb } from "./verb.js";

const NOT_HERE: ReadonlySet<string | undefined> = new Set([
  "--choose",
  "--yes",
  "--when-short",
  "--wait",
  "--dry-run",
  "--web",
  "--port",
]);

export function declarePlan(ended: Ended): Verb {
  const run = declareRun(ended);
  const verb: Verb = newVerb("stint plan", "sample a bag, show what the money buys, and stop")
    .description(
      "Runs a sample of the bag on each cluster, prints the offers and stops: exit code 0. What was sampled " +
        "counts when the run goes on with stint resume --choose. At most half of the budget is spent.",
    )
    .usage("[options] <bag>\n       stint plan [options] <command> ::: <input>...");
  for (const argument of run.registeredArguments) verb.addArgument(argument);
  for (const option of run.options) if (!NOT_HERE.has(option.long)) verb.addOption(option);
  return verb
    .addHelpText(
      "after",
      exampleText([
        { line: "stint plan bag.txt --budget 5usd", does: "what would 5 dollars buy?" },
        { line: "stint resume --choose fastest", does: "then: go on, and take one of the offers" },
      ]),
    )
    .action(async (...given) => {
      // Declared with the very words of stint run, so they are of the same types.
      const [words, flags] = given as unknown as [readonly string[], RunFlags];
      const { plan } = await import("../plan.js");
      ended(await plan(words, { ...flags, wait: "0s" }));
    });
}
