/** What the program cannot say of itself: what a variable of a task means, and what each file of a run is. */
import { invariant } from "@stint/shared/invariant.js";
import type { TaskOrder } from "@stint/shared/wire/messages.js";
import type { z } from "zod";
import { budget, error, summary } from "../../packages/master/src/cli/schemas/documents.js";
import { attempts, joblog, machines } from "../../packages/master/src/cli/schemas/tables.js";
import { taskEnvironments, type TaskPlace } from "../../packages/worker/src/task-environment.js";
import { table } from "./key-rows.js";
import { shapeOf } from "./shape.js";

/** Of a task, in every form of bag. */
export const TASK_KEYS: Readonly<Record<string, string>> = {
  command: "a line for `sh -c`",
  argv: "a program and its arguments, without a shell",
  id: "what the task is called; else a hash of its command",
  cwd: "where it runs; else where the bag was submitted",
  env: "variables of its own",
  timeout: "for each attempt; then TERM, and KILL 5 s later",
  retries: "further attempts when it fails or times out",
  replicable: "it may run twice at the same time",
  outputs: "what it writes below `$STINT_OUTPUT_DIR`; put in place when its attempt wins",
  cpus: "cores that it needs; the same for all tasks of a bag",
  memory: "memory that it needs; the same for all tasks of a bag",
  tags: "words to find it by",
  features: "what may explain its runtime",
};

/** Of a cluster; from `boot` on those that are imagined. */
export const CLUSTER_KEYS: Readonly<Record<string, string>> = {
  max: "machines at most",
  slots: "tasks at the same time on a machine; else as many as fit in it, else 1",
  cpus: "cores of a machine",
  memory: "memory of a machine",
  price: "of one machine for an hour",
  atu: "the span that is paid whole once it has begun",
  minimum: "the least time that is paid of a machine",
  speed: "relative to this computer; for a real run at most 1",
  drift: "`2 from 40%`: half as fast from there on",
  boot: "until a machine can work; or `normal(40s,8s)`, `csv:FILE#COLUMN`",
  noise: "how much the runtimes of the same task differ",
  failures: "attempts that fail",
  loss: "machines that vanish",
  delivers: "share of the machines asked for that come",
  prices:
    "what a machine costs as time passes, instead of `price`; when stands in the first column of the file",
};

const VARIABLES: Readonly<Record<string, string>> = {
  STINT_BAG_ID: "the bag of this run",
  STINT_TASK_ID: "the task's id",
  STINT_TASK_INDEX: "its number, from 1",
  STINT_TASK_COUNT: "how many tasks the bag has; of one that has grown, when its machine began",
  STINT_ATTEMPT: "which attempt of the task this is, from 1",
  STINT_REPLICA: "1 for a copy that races another attempt, else 0",
  STINT_CLUSTER: "the cluster",
  STINT_MACHINE: "the machine",
  STINT_SLOT: "the slot on it, from 1",
  STINT_TASK_DIR: "scratch of this attempt alone, emptied after it",
  STINT_OUTPUT_DIR: "where it writes the `outputs` that it declares; only for a task that does",
};

export function environmentText(): string {
  const place = { machine: "m", cluster: "c", bagId: "b", bagSize: 1 } as unknown as TaskPlace;
  const order = { id: "t", task: 0, attempt: 1, env: {}, replica: 0 } as unknown as TaskOrder;
  const given = taskEnvironments({}, place)(order, 1, { task: "", outputs: "" });
  const rows = Object.keys(given).map((name) => {
    const meaning = VARIABLES[name];
    invariant(meaning !== undefined, "every variable of a task is explained", { name });
    return [`\`${name}\``, meaning];
  });
  return [
    "What its submitter had, less what looks secret (`--env NAME` keeps one), what the bag says under `env`, and:",
    table(["variable", "what it says"], rows),
  ].join("\n\n");
}

/** A reader of files finds what it may rely on: formats gain, they do not change. */
export const fileText = (): string =>
  [
    FILES,
    ...Object.entries({ "joblog.tsv": joblog, "attempts.csv": attempts, "machines.csv": machines }).map(
      ([file, row]) => `### ${file}\n\n${columnTable(row)}`,
    ),
    ...Object.entries({ summary, budget, error }).map(
      ([name, document]) => `### ${DOCUMENTS[name] ?? name}\n\n\`\`\`\n${shapeOf(document)}\n\`\`\``,
    ),
  ].join("\n\n");

const FILES = `A run keeps all it knows in \`runs/<when>-<name>/\`; \`runs/latest\` is the last one. The tables are views of the journal, made
again at \`stint resume\`: nothing reads them back. Unknown is empty, and in a document \`null\`. \`stint schema NAME\` prints
the JSON Schema of each; of \`stint simulate --json\` and \`stint explain --json\` too.

- \`summary.json\`: the receipt for programs; \`report.html\`: as one page for a browser
- \`joblog.tsv\`, \`attempts.csv\`: a row for each attempt, in order of ending; the first eight columns of the joblog are GNU
  parallel's
- \`machines.csv\`: a row for each machine
- \`out/\`: what tasks printed; \`stint logs\` reads it
- \`journal\`: the truth; \`bag.jsonl\`: the bag as it was read; \`run.json\`: how the run was called
- \`environment.json\`: what tasks inherit; with \`run.key\`, \`agents/\` and \`control.sock\` for their owner alone`;

const DOCUMENTS: Readonly<Record<string, string>> = {
  summary: "summary.json, and --json of run, plan, resume, retry, status, watch and report",
  budget: "budget --json",
  error: "An error under --json",
};

const columnTable = (row: z.ZodObject): string =>
  table(
    ["column", "what stands in it"],
    Object.entries<z.ZodType>(row.shape).map(([name, schema]) => [`\`${name}\``, shapeOf(schema)]),
  );
