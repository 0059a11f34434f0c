/** The verbs that look at a run and change nothing: `stint report`, `stint logs`, `stint doctor`. */
import { Option } from "@commander-js/extra-typings";
import {
  exampleText,
  JSON_OPTION,
  newVerb,
  RUN_ARGUMENT,
  RUN_OPTION,
  RUNS_OPTION,
  type Ended,
  type Verb,
} from "./verb.js";

export const declareReport = (ended: Ended): Verb =>
  newVerb("stint report", "the receipt: what was promised and what it came to")
    .argument(...RUN_ARGUMENT)
    .option(...RUNS_OPTION)
    .option(...JSON_OPTION)
    .option("--html <file>", "written there as one page for a browser, in place of the text")
    .addHelpText(
      "after",
      exampleText([
        { line: "stint report", does: "of the latest run, ended or not" },
        { line: "stint report --json | jq .spent_usd", does: "for scripts" },
        { line: "stint report --html report.html", does: "one file to keep or to send" },
      ]),
    )
    .action(async (run, flags) => {
      const { report } = await import("../report.js");
      ended(report({ run, ...flags }));
    });

export const declareLogs = (ended: Ended): Verb =>
  newVerb("stint logs", "what a task printed")
    .description(
      "What a task printed: its output to standard output, its errors to standard error. Of the attempt that " +
        "counted, else of the last one. Control characters are made visible, as they could take over a terminal.",
    )
    .argument("[task]", "a task's id, or its number from 1")
    .addOption(
      new Option("--all", "of every task that has ended, in order; with --json a line each").conflicts(
        "attempt",
      ),
    )
    .addOption(
      new Option(
        "--failed",
        "as --all, of the tasks that have failed for good and not been done since",
      ).conflicts(["all", "attempt", "follow"]),
    )
    .addOption(
      new Option("-f, --follow", "and what it prints from now on, until its attempt has ended").conflicts([
        "all",
        "json",
      ]),
    )
    .option(...RUN_OPTION)
    .option("--attempt <number>", "another attempt, from 1")
    .addOption(new Option("--stdout", "only its output, to standard output").conflicts("stderr"))
    .addOption(new Option("--stderr", "only its errors, to standard output").conflicts("stdout"))
    .option("--raw", "byte by byte as it was printed, control characters and all")
    .option(...RUNS_OPTION)
    .option(...JSON_OPTION)
    .addHelpText(
      "after",
      exampleText([
        { line: "stint logs 17", does: "the 17th task of the latest run" },
        { line: "stint logs 17 --stderr --attempt 1", does: "the errors of its first attempt" },
        { line: "stint logs -f 17", does: "until it has ended" },
        { line: "stint logs tile-3-4 --raw > tile.bin", does: "" },
        { line: "stint logs --all > all.txt", does: "what every task printed, in order" },
        { line: "stint logs --all --json > results.jsonl", does: "and how each ended" },
        { line: "stint logs --failed --json | jq .number", does: "the tasks that are failed" },
      ]),
    )
    .action(async (task, flags) => {
      const several = flags.all === true || flags.failed === true;
      if (several && task === undefined) {
        const { logsAll } = await import("../logs-all.js");
        ended(await logsAll(flags));
        return;
      }
      const { logs, oneOrAll } = await import("../logs.js");
      if (task === undefined || several) throw oneOrAll(task);
      if (flags.follow === true) {
        const { followLogs } = await import("../logs-follow.js");
        ended(await followLogs(task, flags));
        return;
      }
      ended(await logs(task, flags));
    });

export const declareDoctor = (ended: Ended): Verb =>
  newVerb("stint doctor", "is everything set up? and of a run: did it keep its laws?")
    .description(
      "Without a run: tries what a run on this computer needs, and says what would be refused. With one: reads its " +
        "journal from the first byte, holds every frame against the laws (money within the budget, every task ends " +
        "once, …) and says which did not hold, and where; exit code 9 for damage or a broken law.",
    )
    .argument("[run]", "a run's folder, its name under the folder of runs, or latest")
    .option("--clusters <file>", "without a run: the clusters to look at (default: as stint run)")
    .option(...RUNS_OPTION)
    .option(...JSON_OPTION)
    .addHelpText(
      "after",
      exampleText([
        { line: "stint doctor", does: "this computer, the folder of runs, stint.yaml" },
        { line: "stint doctor latest", does: "the latest run" },
      ]),
    )
    .action(async (run, flags) => {
      if (run === undefined) {
        const { doctorMachine } = await import("../doctor-machine.js");
        ended(await doctorMachine(flags));
        return;
      }
      const { doctor } = await import("../doctor.js");
      ended(doctor({ run, ...flags }));
    });
