/**
 * How many tasks a second go through one master, and does a task cost it more when the bag is large? The packed
 * program runs bags over TLS on one connection, journal and tables and all, with an agent that answers without
 * starting anything. Then: how long until a bag of a million lines has been accepted and sampled from?
 *
 *     npm run bench:scale [-- --tasks 200000 --lines 1000000 --floor]
 *
 * With --floor the exit code is 1 when it falls below what is promised in this folder's README.
 */
import { createReadStream, createWriteStream, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { parseArgs } from "node:util";
import { installed, type Installed } from "./installed.js";

/** Promised of a master: tasks in a second of its own processor time, whatever else the computer does meanwhile. */
const TASKS_A_CPU_SECOND_LEAST = 20_000;
/** Promised of a bag of a million lines; a second of the processor, as another may use it too. */
const CPU_SECONDS_MOST = 15;
const MEGABYTES_MOST = 1_000;

const { values } = parseArgs({
  options: {
    tasks: { type: "string", default: "200000" },
    lines: { type: "string", default: "1000000" },
    floor: { type: "boolean", default: false },
  },
});
const most = Number(values.tasks);
const lines = Number(values.lines);
const NEEDS_CHOICE = 4;

const FREE = "clusters:\n  here: { provider: local, max: 1, slots: 1 }\n";
const PRICED = [
  "clusters:",
  "  small: { provider: local, max: 1, slots: 1, price: 0.36 usd/h, atu: 1s }",
  "  large: { provider: local, max: 1, slots: 2, price: 0.54 usd/h, atu: 1s }",
  "",
].join("\n");

const bag = (size: number): Readable =>
  Readable.from(
    (function* () {
      for (let number = 1; number <= size; number += 1) yield `render --frame ${number}\n`;
    })(),
  );

async function prepare({ folder }: Installed, size: number, clusters: string): Promise<void> {
  writeFileSync(join(folder, "stint.yaml"), clusters);
  await pipeline(bag(size), createWriteStream(join(folder, "bag.txt")));
}

/** Seconds from the first start of a task to the last end of one. */
async function secondsOfTasks({ folder }: Installed, expected: number): Promise<number> {
  let [count, first, last] = [0, Infinity, 0];
  const rows = createInterface(createReadStream(join(folder, "runs/latest/attempts.csv")));
  for await (const row of rows) {
    const [, , , , , , started, ended, outcome] = row.split(",");
    if (outcome !== "done") continue;
    count += 1;
    first = Math.min(first, Number(started));
    last = Math.max(last, Number(ended));
  }
  if (count !== expected) throw new Error(`${count} of ${expected} tasks are done`);
  return last - first;
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const missed: string[] = [];

const program = await installed();
try {
  say("    tasks   tasks/s   master: CPU s   µs/task more    MB");
  let before = { tasks: 0, cpuSeconds: 0 };
  for (const tasks of [most / 200, most / 20, most].map(Math.ceil)) {
    await prepare(program, tasks, FREE);
    const { cpuSeconds, megabytesMost } = await program.call(["run", "bag.txt", "--yes"], 0);
    const rate = tasks / (await secondsOfTasks(program, tasks));
    const more = ((cpuSeconds - before.cpuSeconds) / (tasks - before.tasks)) * 1e6;
    say(
      `${String(tasks).padStart(9)} ${rate.toFixed(0).padStart(9)} ${cpuSeconds.toFixed(2).padStart(15)}` +
        `${(before.tasks === 0 ? "" : more.toFixed(1)).padStart(15)} ${megabytesMost.toFixed(0).padStart(5)}`,
    );
    if (tasks === most && 1e6 / more < TASKS_A_CPU_SECOND_LEAST)
      missed.push(`a task costs its master ${more.toFixed(1)} µs`);
    before = { tasks, cpuSeconds };
  }
  await prepare(program, lines, PRICED);
  const { seconds, cpuSeconds, megabytesMost } = await program.call(
    ["run", "bag.txt", "--budget", "100usd"],
    NEEDS_CHOICE,
  );
  say(
    `\n${lines} lines accepted, sampled and four offers made: ${seconds.toFixed(1)} s ` +
      `(${cpuSeconds.toFixed(1)} s of CPU), ${megabytesMost.toFixed(0)} MB`,
  );
  if (cpuSeconds > CPU_SECONDS_MOST) missed.push(`the bag took ${cpuSeconds.toFixed(1)} s of CPU`);
  if (megabytesMost > MEGABYTES_MOST) missed.push(`it took ${megabytesMost.toFixed(0)} MB`);
  for (const one of missed) say(`missed: ${one}`);
  if (values.floor && missed.length > 0) process.exitCode = 1;
} finally {
  program.remove();
}
