/** `stint run`: the words of the main job. */
import {
  exampleText,
  type Example,
  gathered,
  JSON_OPTION,
  newVerb,
  RUNS_OPTION,
  type Ended,
  type Verb,
} from "./verb.js";
import {
  CHOOSE_OPTION,
  HALT_OPTION,
  MAX_FAILURES_OPTION,
  NO_ENV_OPTION,
  once,
  WHEN_SHORT_OPTION,
  YES_OPTION,
} from "./shared-options.js";

export const declareRun = (ended: Ended): Verb =>
  newVerb("stint run", "run a bag of tasks within a budget")
    .description(
      "Reads a bag of tasks, samples it on each cluster, offers four ways to spend the money, and carries " +
        "out the one that is picked. Never more than the budget is spent.",
    )
    .usage("[options] <bag>\n       stint run [options] <command> ::: <input>...")
    .argument(
      "<bag...>",
      "a command a line (*.txt), an object a line (*.jsonl), a template (*.yaml), or - for standard input; " +
        "with ::: or --input a command",
    )
    .option(
      "--input <file>",
      "the words are a command, run for each line of this file; - is standard input",
      once("--input", "a second file behind :::: makes every combination, behind ::::+ it goes along"),
    )
    .option(
      "--budget <amount>",
      "the most that may be spent, with its currency, as 5usd",
      once("--budget", "say the one that holds; to compare budgets: stint simulate"),
    )
    .option("--clusters <file>", "what may be rented (default: stint.yaml here, else this computer)")
    .option("-j, --jobs <count>", "tasks at once, where no clusters are given (default: one for each core)")
    .addOption(CHOOSE_OPTION())
    .addOption(YES_OPTION())
    .option("--seed <number>", "of all that is drawn at random (default: another each time)")
    .option("--retries <count>", "further attempts for a task that fails or times out", "0")
    .addOption(HALT_OPTION())
    .addOption(MAX_FAILURES_OPTION())
    .option("--timeout <span>", "for each attempt, as 90s; then TERM, and KILL 5 s later (default: none)")
    .option("--replicable", "a task may run twice at the same time: pairs and copies are allowed")
    .option(
      "--cpus <count>",
      "cores that each task needs, as 2 or 0.5; with --memory decides a machine's slots",
    )
    .option("--memory <size>", "memory that each task needs, as 2GB")
    .option("--review <span>", "time between two looks at promise and forecast", "5m")
    .option("--wait <span>", "how long machines go on sampling while a choice is awaited", "5m")
    .option("--strict", "the pick's own cost limit is as hard as the budget")
    .addOption(WHEN_SHORT_OPTION())
    .option("--env <name>", "give tasks this variable although it looks secret (repeatable)", gathered)
    .addOption(NO_ENV_OPTION())
    .option("--results <dir>", "a folder a task there, with its stdout, stderr, seq and exitval")
    .option("--results-jsonl <file>", "a line a task there, with its output, as it ends")
    .option("--dry-run", "show the bag as it is read, and what would be rented first; start nothing")
    .option("--web", "a page for this run, on this computer alone, as long as the run goes on")
    .option("--port <number>", "with --web: where the page is (default: a port that is free)")
    .option(...RUNS_OPTION)
    .option("--name <name>", "what to call the run (default: after the bag)")
    .option(...JSON_OPTION)
    .addHelpText("after", exampleText(EXAMPLES))
    .addHelpText("after", COMMANDS)
    .action(async (words, flags) => {
      const { run } = await import("../run.js");
      ended(await run(words, flags));
    });

const EXAMPLES: readonly Example[] = [
  { line: "stint run bag.txt --budget 5usd", does: "sample, ask which offer, run" },
  {
    line: "stint run bag.txt --budget 5usd --choose fastest --json",
    does: "for scripts: asks nothing",
  },
  {
    line: "seq 9 | sed 's/^/sleep /' | stint run - --name naps",
    does: "on this computer, for nothing",
  },
  { line: "stint run 'gzip -k {}' ::: *.txt", does: "as with GNU parallel: {} is the input" },
  { line: "ls *.txt | stint run --input - 'wc -c < {}'", does: "a line an input, as with xargs" },
  {
    line: "stint run bag.jsonl --clusters two.yaml --budget 0.05usd --retries 2",
    does: "",
  },
];

const COMMANDS = `A command with inputs, in the words of GNU parallel:
  ::: <word>...    an input each; a further ::: makes every combination,
                   :::+ goes along
  :::: <file>...   files with an input a line, as --input <file>, which comes
                   first
  {} {.} {/} {//} {/.}   the input, without its extension, its last step,
                         its folder, both
  {1} {2.} {-1}    one of several inputs
  {#}  {%}         the task's number, its slot
  Without a brace the input is added at the end. Inputs are quoted for the
  shell as they are put in: no quotes around braces. Other braces stay as they
  are: awk '{print $1}'. One word with spaces is a whole command, and options
  may follow it; a command of several words goes on up to :::, so that options
  of stint stand before it. Behind ::: they are refused; meant as inputs:
  stint run -- COMMAND ::: --yes.`;
