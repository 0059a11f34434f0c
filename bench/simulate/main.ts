/**
 * How fast does `stint simulate` imagine a run, does a task cost more in a large bag, and what do two cores bring?
 * The built program runs bags of drawn or recorded runtimes; each figure is the least of three calls.
 *
 *     npm run bench:simulate [-- --runs 100 --bag recorded.csv --floor]
 *
 * With --floor the exit code is 1 when it falls below what is promised in this folder's README.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

/** Seconds of a processor that a run of 1,000 tasks may take, so that 1,000 of them end in 2 minutes on two cores. */
const CPU_SECONDS_A_RUN_MOST = 0.24;
/** What a task may cost in a bag of 100,000, in those of a bag of 10,000. */
const GROWTH_MOST = 1.5;

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "100" },
    bag: { type: "string" },
    floor: { type: "boolean", default: false },
  },
});
const PROGRAM = fileURLToPath(new URL("../../packages/master/bin/stint.js", import.meta.url));
const CLUSTERS = `clusters:
  small: { max: 12, price: 0.10 usd/h, atu: 60s, boot: 40s, noise: 10% }
  large: { max: 8, slots: 2, price: 0.34 usd/h, atu: 60s, boot: 60s, speed: 2, noise: 10% }
`;

const folder = mkdtempSync(join(tmpdir(), "stint-bench-simulate-"));
writeFileSync(join(folder, "two.yaml"), CLUSTERS);

interface Took {
  readonly seconds: number;
  readonly cpuSeconds: number;
}

function call(words: readonly string[]): Took {
  const began = performance.now();
  // The shell's own figures are those of its children: what the program took, threads and all.
  const script = `"$@" > /dev/null; times`;
  const { stdout, status, stderr } = spawnSync(
    "sh",
    ["-c", script, "sh", process.execPath, PROGRAM, "simulate", ...words, "--clusters", "two.yaml", "--json"],
    { cwd: folder, encoding: "utf8" },
  );
  if (status !== 0) throw new Error(stderr);
  const children = (stdout.split("\n")[1] ?? "").trim().split(/\s+/u);
  return {
    seconds: (performance.now() - began) / 1000,
    cpuSeconds: children.reduce((sum, one) => sum + read(one), 0),
  };
}

/** `0m1.234s` */
function read(time: string): number {
  const [, minutes, seconds] = /^(\d+)m([\d.]+)s$/u.exec(time) ?? [];
  return Number(minutes) * 60 + Number(seconds);
}

function leastOf(...words: readonly string[]): Took {
  const calls = [1, 2, 3].map(() => call(words));
  const least = (of: (took: Took) => number): number => Math.min(...calls.map(of));
  return { seconds: least(({ seconds }) => seconds), cpuSeconds: least(({ cpuSeconds }) => cpuSeconds) };
}

const drawn = (tasks: number): string[] => [
  ...["lognormal(11s,0.6)", "--tasks", String(tasks), "--choose", "fastest"],
  ...["--budget", `${String(Math.ceil(tasks * 0.001 + 0.5))}usd`],
];
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const missed: string[] = [];

try {
  const empty = leastOf(...drawn(1));
  say("    tasks   seconds     CPU s   µs a task more");
  let before = { tasks: 1, cpuSeconds: empty.cpuSeconds, each: 0 };
  for (const tasks of [1_000, 10_000, 100_000]) {
    const { seconds, cpuSeconds } = leastOf(...drawn(tasks));
    const each = ((cpuSeconds - before.cpuSeconds) / (tasks - before.tasks)) * 1e6;
    say(
      `${String(tasks).padStart(9)} ${seconds.toFixed(2).padStart(9)} ${cpuSeconds.toFixed(2).padStart(9)} ` +
        each.toFixed(0).padStart(16),
    );
    if (tasks === 100_000 && each > GROWTH_MOST * before.each)
      missed.push(`a task of 100,000 costs ${(each / before.each).toFixed(2)} of one of 10,000`);
    before = { tasks, cpuSeconds, each };
  }
  if (values.bag !== undefined) {
    const words = [values.bag, "--choose", "fastest", "--budget", "1usd"];
    say(`\n${values.bag}: a run in ${leastOf(...words).seconds.toFixed(2)} s`);
  }
  const runs = Number(values.runs);
  const many = call([...drawn(1_000), "--runs", String(runs)]);
  const a = (many.cpuSeconds - empty.cpuSeconds) / runs;
  say(
    `\n${String(runs)} runs of 1,000 tasks on ${String(availableParallelism())} cores: ${many.seconds.toFixed(1)} s, ` +
      `${(a * 1000).toFixed(0)} ms of a processor each`,
  );
  if (a > CPU_SECONDS_A_RUN_MOST) missed.push(`a run took ${(a * 1000).toFixed(0)} ms`);
  for (const one of missed) say(`missed: ${one}`);
  if (values.floor && missed.length > 0) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
