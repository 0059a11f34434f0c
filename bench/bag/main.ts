/**
 * How long does it take to read a bag of a million tasks, and how much memory? Run by `npx tsx
 * --conditions=@stint/source bench/bag/main.ts [tasks]`; prints a row a format, and the rise of memory
 * between a tenth of the bag and its end, which is the ids' table and garbage.
 */
import { parseBag } from "@stint/shared/bag/parse-bag.js";

const TASKS = 1_000_000;
const CHUNK_CHARACTERS = 256 * 1024;

const LINES: Readonly<Record<string, (number: number) => string>> = {
  "bag.txt": (number) => `render --frame ${String(number)} --out frames/${String(number)}.png\n`,
  "bag.jsonl": (number) =>
    `${JSON.stringify({ command: `render ${String(number)}`, id: `frame-${String(number)}`, timeout: "10min" })}\n`,
};

async function* linesAsBytes(line: (number: number) => string, tasks: number): AsyncGenerator<Buffer> {
  let text = "";
  for (let number = 1; number <= tasks; number += 1) {
    text += line(number);
    if (text.length < CHUNK_CHARACTERS && number < tasks) continue;
    await Promise.resolve();
    yield Buffer.from(text);
    text = "";
  }
}

const megabytes = (): number => Math.round(process.memoryUsage().rss / 1e6);

const tasks = Number(process.argv[2] ?? TASKS);
process.stdout.write("bag         tasks      s    tasks/s   MB at a tenth   MB most\n");
for (const [name, line] of Object.entries(LINES)) {
  const began = process.hrtime.bigint();
  let read = 0;
  let [early, most] = [0, 0];
  for await (const task of parseBag(name, linesAsBytes(line, tasks))) {
    read += task.id === "" ? 0 : 1;
    if (read * 10 === tasks) early = megabytes();
    if (read % 10_000 === 0) most = Math.max(most, megabytes());
  }
  const seconds = Number(process.hrtime.bigint() - began) / 1e9;
  const row = [
    name.padEnd(9),
    String(read).padStart(8),
    seconds.toFixed(1).padStart(6),
    String(Math.round(read / seconds)).padStart(10),
    String(early).padStart(15),
    String(most).padStart(9),
  ];
  process.stdout.write(`${row.join(" ")}\n`);
}
