/**
 * How good is the planner? Runs it in imagined worlds beside others that decide differently, and beside the bound.
 *
 *     npm run bench:quality                         the standard set, into results/
 *     npm run bench:quality -- --world levy --budget 1.5 --seeds 10 --policy stint,informed --without tail
 *
 * With --world, --budget or --policy it is an experiment: only a table is printed.
 */
import { parseArgs } from "node:util";
import { BUDGETS } from "./imagine.js";
import { linesOf } from "./figures-of.js";
import { contenderOf, type Contender } from "./policies.js";
import type { Job } from "./measure-run.js";
import { runJobs } from "./run-jobs.js";
import { experimentTable, promisesTable } from "./experiment-table.js";
import { worlds } from "./worlds.js";

const { values } = parseArgs({
  options: {
    world: { type: "string", multiple: true, default: [] },
    budget: { type: "string", multiple: true, default: [] },
    policy: { type: "string", default: "stint,informed" },
    without: { type: "string", multiple: true, default: [] },
    seeds: { type: "string", default: "10" },
    seed: { type: "string", default: "1" },
    json: { type: "boolean", default: false },
    list: { type: "boolean", default: false },
  },
});

const chosen = worlds().filter(
  ({ name, family }) =>
    values.world.length === 0 || values.world.some((word) => name.includes(word) || family === word),
);
const contenders: Contender[] = [
  ...values.policy.split(",").map(contenderOf),
  ...values.without.map((parts) => contenderOf(["stint", ...parts.split(",")].join("-without-"))),
];
const budgets = values.budget.length === 0 ? [...BUDGETS] : values.budget.map(Number);
const first = Number(values.seed);
const seeds = Array.from({ length: Number(values.seeds) }, (_, index) => first + index);

if (values.list) {
  for (const { name, family, size, fleet } of chosen)
    process.stdout.write(`${name.padEnd(36)} ${family.padEnd(7)} ${size.padEnd(6)} ${fleet.shape}\n`);
} else {
  const jobs: Job[] = chosen.flatMap(({ name }) =>
    seeds.map((seed) => ({ world: name, seed, budgets, contenders })),
  );
  const since = performance.now();
  const runs = await runJobs(jobs, (done, { world }) => {
    process.stderr.write(`\r${String(done)}/${String(jobs.length)} ${world.padEnd(40)}`);
  });
  process.stderr.write("\r".padEnd(60) + "\r");
  if (values.json) process.stdout.write(`${JSON.stringify(runs)}\n`);
  else {
    const took = (performance.now() - since) / 1000;
    process.stdout.write(`${experimentTable(linesOf(runs)).join("\n")}\n\n`);
    process.stdout.write(`${promisesTable(runs).join("\n")}\n\n`);
    process.stdout.write(
      `seeds ${String(first)} to ${String(seeds.at(-1))}, ${String(runs.length)} runs in ${took.toFixed(0)} s\n`,
    );
  }
}
