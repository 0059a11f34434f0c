/**
 * Who runs the bag in the throughput bench, and with which command. Each command runs the same number of
 * `/bin/true`, two at a time, and leaves what it wrote in a folder of its own.
 */
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const STINT = join(import.meta.dirname, "../../packages/master/bin/stint.js");
const TASK = "/bin/true";
const SLOTS = 2;

export interface Contender {
  readonly name: string;
  /** Share of the bag it is given: a slow one is measured on fewer tasks. */
  readonly share: number;
  /** Writes what it needs; the command's wall time is what is measured. */
  readonly prepare: (folder: string, tasks: number) => readonly [program: string, ...args: string[]];
  /** Throws when not every task ran. */
  readonly verify: (folder: string, tasks: number) => void;
}

/** The peers that this computer has; xargs and setsid stand in every Linux. */
export function contenders(): readonly Contender[] {
  const hasParallel = spawnSync("parallel", ["--version"]).status === 0;
  return [xargs, stint, xargsInGroups, ...(hasParallel ? [parallel] : [])];
}

const stint: Contender = {
  name: "stint",
  share: 1,
  prepare: (folder, tasks) => {
    const line = JSON.stringify({ argv: [TASK] });
    writeFileSync(join(folder, "bag.jsonl"), `${line}\n`.repeat(tasks));
    writeFileSync(
      join(folder, "stint.yaml"),
      `clusters:\n  here: { provider: local, max: ${SLOTS}, slots: 1 }\n`,
    );
    return [process.execPath, STINT, "run", "bag.jsonl", "--yes", "--json"];
  },
  verify: (folder, tasks) => {
    const file = join(folder, "runs/latest/summary.json");
    const { tasks: counts } = JSON.parse(readFileSync(file, "utf8")) as { tasks: { done: number } };
    expectTasks("stint", counts.done, tasks);
    const rows =
      readFileSync(join(folder, "runs/latest/joblog.tsv"), "utf8").trimEnd().split("\n").length - 1;
    if (rows < tasks) expectTasks("stint's joblog", rows, tasks);
  },
};

/** xargs writes nothing down: its exit code says whether every command succeeded. */
const xargs: Contender = {
  name: "xargs",
  share: 1,
  prepare: (folder, tasks) => overNumbers(folder, tasks, `xargs -P${SLOTS} -n1 ${TASK}`),
  verify: () => undefined,
};

const xargsInGroups: Contender = {
  name: "xargs, own groups",
  share: 1,
  prepare: (folder, tasks) => overNumbers(folder, tasks, `xargs -P${SLOTS} -n1 setsid ${TASK}`),
  verify: () => undefined,
};

/** GNU parallel gives each job a group of its own. */
const parallel: Contender = {
  name: "parallel",
  share: 0.1,
  prepare: (folder, tasks) =>
    overNumbers(folder, tasks, `parallel --will-cite -j${SLOTS} --joblog joblog ${TASK}`),
  verify: (folder, tasks) => {
    const rows = readFileSync(join(folder, "joblog"), "utf8").trimEnd().split("\n").length - 1;
    expectTasks("parallel's joblog", rows, tasks);
  },
};

/** A shell is there for the redirection alone: it is replaced by the command. */
function overNumbers(folder: string, tasks: number, command: string): readonly [string, ...string[]] {
  const lines = Array.from({ length: tasks }, (_, number) => number + 1).join("\n");
  writeFileSync(join(folder, "numbers"), `${lines}\n`);
  return ["/bin/sh", "-c", `exec ${command} < numbers`];
}

function expectTasks(who: string, found: number, expected: number): void {
  if (found !== expected) throw new Error(`${who}: ran ${found} of ${expected} tasks`);
}
