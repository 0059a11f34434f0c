/** `stint worker`: an agent by hand, as a batch system or a rented machine would start one. */
import { exampleText, JSON_OPTION, newVerb, type Ended, type Verb } from "./verb.js";

export const declareWorker = (ended: Ended): Verb =>
  newVerb("stint worker", "run tasks for a master, until it says that there are none")
    .option("--config <file>", "all of it as one JSON file, as the local provider writes it")
    .option("--master <host:port>", "where the master listens")
    .option("--ca <file>", "the certificate the master is known by")
    .option("--token-file <file>", "this machine's join token; it works once")
    .option("--slots <count>", "tasks at the same time (default: the cores of this machine)")
    .option("--out <dir>", "where output of tasks is written (default: in the scratch folder)")
    .option("--scratch <dir>", "a folder of its own for this agent (default: a new temporary one)")
    .option(...JSON_OPTION)
    .addHelpText(
      "after",
      exampleText([
        { line: "stint worker --master 10.0.0.7:7450 --ca ca.pem --token-file token", does: "" },
        { line: "stint worker --config agent.json", does: "" },
      ]),
    )
    .action(async (flags) => {
      const { worker } = await import("../worker.js");
      ended(await worker(flags));
    });
