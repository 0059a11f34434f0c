/**
 * How good is the planner? Runs it in imagined worlds beside others that decide differently, and beside the bound.
 *
 *     npm run bench:quality                  the standard set, into results/
 *     npm run bench:quality:quick            exit code 1 when it is worse than baseline.json
 *     npm run bench:quality -- --world levy --budget 1.5 --seeds 10 --policy stint,informed --without tail
 *
 * With any of --world, --budget, --policy or --without it is an experiment: tables are printed, nothing is written.
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { BUDGETS } from "./imagine.js";
import type { Job } from "./measure-run.js";
import { contenderOf } from "./policies.js";
import { keepBaseline, quickFigures, worseThanBaseline } from "./quick.js";
import { experimentTable, promisesTable } from "./report/experiment-table.js";
import { linesOf } from "./report/lines.js";
import { writeResults } from "./report/write-results.js";
import { refuseOtherPlanner } from "./right-planner.js";
import type { RunFigures } from "./run-figures.js";
import { runJobs } from "./run-jobs.js";
import { quickJobs, STANDARD_SEEDS, standardJobs } from "./standard-set.js";
import { worlds } from "./worlds.js";

const { values } = parseArgs({
  options: {
    world: { type: "string", multiple: true, default: [] },
    budget: { type: "string", multiple: true, default: [] },
    policy: { type: "string" },
    without: { type: "string", multiple: true, default: [] },
    seeds: { type: "string" },
    seed: { type: "string", default: "1" },
    json: { type: "boolean", default: false },
    list: { type: "boolean", default: false },
    quick: { type: "boolean", default: false },
    "keep-baseline": { type: "boolean", default: false },
    into: { type: "string", default: join(fileURLToPath(new URL("results", import.meta.url))) },
  },
});

refuseOtherPlanner();
const say = (lines: readonly string[]): boolean => process.stdout.write(`${lines.join("\n")}\n`);
const isExperiment =
  values.world.length + values.budget.length + values.without.length > 0 || values.policy !== undefined;
const since = performance.now();

if (values.list) list();
else if (values.quick || values["keep-baseline"]) await quick();
else if (isExperiment) await experiment();
else await standard();

function list(): void {
  say(
    worlds().map(({ name, family, size, fleet, trouble }) =>
      [name.padEnd(36), family.padEnd(7), size.padEnd(6), fleet.shape.padEnd(14), trouble ?? ""]
        .join(" ")
        .trim(),
    ),
  );
}

async function standard(): Promise<void> {
  const all = worlds();
  const seeds = seedsOf(STANDARD_SEEDS);
  const runs = await run(standardJobs(all, seeds));
  const seconds = (performance.now() - since) / 1000;
  const judged = writeResults(values.into, { runs, worlds: all, seeds, seconds });
  say(
    judged.map(
      ({ figure, wanted, reached, held }) =>
        `${held ? "held  " : "MISSED"} ${figure}: ${reached} (${wanted})`,
    ),
  );
  say([
    "",
    `seeds ${rangeOf(seeds)}, ${String(runs.length)} runs in ${seconds.toFixed(0)} s, see ${values.into}`,
  ]);
}

async function quick(): Promise<void> {
  const runs = await run(quickJobs());
  const figures = quickFigures(runs);
  if (values["keep-baseline"]) {
    keepBaseline(figures);
    return;
  }
  const { worse, better } = worseThanBaseline(figures);
  const took = ((performance.now() - since) / 1000).toFixed(0);
  say([
    ...worse.map((line) => `worse: ${line}`),
    `${String(Object.keys(figures).length)} figures of ${String(runs.length)} runs in ${took} s: ${String(worse.length)} worse than they were, ${String(better)} better`,
  ]);
  if (worse.length > 0) process.exitCode = 1;
}

async function experiment(): Promise<void> {
  const words = values.world;
  const chosen = worlds().filter(
    ({ name, family }) => words.length === 0 || words.some((word) => name.includes(word) || family === word),
  );
  const contenders = [
    ...(values.policy ?? "stint,informed").split(",").map(contenderOf),
    ...values.without.map((parts) => contenderOf(["stint", ...parts.split(",")].join("-without-"))),
  ];
  const budgets = values.budget.length === 0 ? BUDGETS : values.budget.map(Number);
  const seeds = seedsOf(10);
  const runs = await run(
    chosen.flatMap(({ name }) => seeds.map((seed): Job => ({ world: name, seed, budgets, contenders }))),
  );
  if (values.json) {
    say([JSON.stringify(runs)]);
    return;
  }
  const took = ((performance.now() - since) / 1000).toFixed(0);
  say([...experimentTable(linesOf(runs)), "", ...promisesTable(runs), ""]);
  say([`seeds ${rangeOf(seeds)}, ${String(runs.length)} runs in ${took} s`]);
}

function seedsOf(usual: number): number[] {
  const count = Number(values.seeds ?? usual);
  return Array.from({ length: count }, (_, index) => Number(values.seed) + index);
}

function rangeOf(seeds: readonly number[]): string {
  return `${String(seeds[0])} to ${String(seeds.at(-1))}`;
}

async function run(jobs: readonly Job[]): Promise<RunFigures[]> {
  const quiet = !process.stderr.isTTY;
  const runs = await runJobs(jobs, (done, { world }) => {
    if (!quiet) process.stderr.write(`\r${String(done)}/${String(jobs.length)} ${world.padEnd(40)}`);
  });
  if (!quiet) process.stderr.write(`\r${" ".repeat(60)}\r`);
  return runs;
}
