/** `stint simulate`: its flags become imagined runs, a budget and a seed each, and these a document or a table. */
import { EXIT, type ExitCode } from "@stint/shared/failures.js";
import { minutes } from "@stint/shared/units.js";
import type { OfferName, Part } from "../planner/vocabulary/settings.js";
import type { PolicyName } from "../simulate/policies/simulate-under.js";
import { bagSize } from "../simulate/true-runtimes.js";
import { amountOf, countOf } from "./amounts.js";
import { filesRead } from "./input/open-file.js";
import { DRAWN_TASKS_MOST, readRuntimes } from "./input/runtimes-file.js";
import { atTheirDearest, readWorld, type World } from "./input/world-file.js";
import { printDocument, printLines } from "./known-run.js";
import { comparisonDocument, type Comparison, type ImaginedRun } from "./simulation/comparison.js";
import { comparisonLines } from "./simulation/comparison-table.js";
import { imagineAll } from "./simulation/imagine-all.js";
import { resultOf, simulateJob, type ImaginedJob, type SharedWorld } from "./simulation/imagined-job.js";
import { progressOn } from "./simulation/progress.js";
import { refuseManyRuns, refuseTables, wantsTables, writeTables } from "./simulation/tables.js";
import { refuseUnlimited } from "./unlimited.js";

export interface SimulateFlags {
  readonly clusters: string;
  readonly budget?: readonly string[] | undefined;
  readonly choose: OfferName;
  readonly policy: PolicyName;
  readonly seed: string;
  readonly runs: string;
  readonly tasks?: string | undefined;
  readonly replicable: boolean;
  readonly without?: readonly Part[] | undefined;
  readonly attempts?: string | undefined;
  readonly machines?: string | undefined;
  readonly json?: true | undefined;
}

const SEED_MOST = 2_147_483_647;
const RUNS_MOST = 100_000;
const REVIEW = minutes(5);
const WAIT = minutes(5);

export async function simulate(runtimesText: string, flags: SimulateFlags): Promise<ExitCode> {
  const { world, jobs } = await readPlan(runtimesText, flags);
  const comparison: Comparison = {
    input: {
      runtimes: runtimesText,
      clusters: flags.clusters,
      policy: flags.policy,
      choose: flags.choose,
      seed: jobs[0]?.seed ?? 0,
      tasks: bagSize(world.runtimes),
    },
    runs: wantsTables(flags) ? jobs.map((job) => withTables(world, job, flags)) : await manyRuns(world, jobs),
  };
  if (flags.json === true) printDocument(comparisonDocument(comparison));
  else printLines(comparisonLines(comparison));
  return EXIT.done;
}

function withTables(world: SharedWorld, job: ImaginedJob, flags: SimulateFlags): ImaginedRun {
  const simulated = simulateJob(world, job);
  writeTables(simulated, world.runtimes, flags);
  return resultOf(job, simulated);
}

async function manyRuns(world: SharedWorld, jobs: readonly ImaginedJob[]): Promise<ImaginedRun[]> {
  const progress = progressOn(process.stderr, jobs.length);
  try {
    return await imagineAll(world, jobs, (done) => progress.done(done));
  } finally {
    progress.end();
  }
}

interface Plan {
  readonly world: SharedWorld;
  /** Budget by budget, seed by seed. */
  readonly jobs: readonly ImaginedJob[];
}

async function readPlan(runtimesText: string, flags: SimulateFlags): Promise<Plan> {
  const seed = countOf(flags.seed, "--seed", { least: 0, most: SEED_MOST });
  const runs = countOf(flags.runs, "--runs", { least: 1, most: RUNS_MOST });
  const tasks =
    flags.tasks === undefined
      ? undefined
      : countOf(flags.tasks, "--tasks", { least: 1, most: DRAWN_TASKS_MOST });
  const amounts = (flags.budget ?? []).map((text) => amountOf(text, "--budget"));
  refuseManyRuns(runs * Math.max(1, amounts.length), flags);
  const world = await readWorld(flags.clusters);
  refuseUnlimited(atTheirDearest(world), amounts[0], "stint simulate");
  const runtimes = await readRuntimes(runtimesText, {
    ...(tasks !== undefined && { tasks }),
    clusters: world.clusters.map(({ name }) => name),
    speeds: new Map(world.clusters.map(({ name }, index) => [name, world.imagined[index]?.speed ?? 1])),
  });
  refuseTables(flags, filesRead());
  const budgets = amounts.length === 0 ? [undefined] : amounts;
  return {
    world: {
      policy: flags.policy,
      settings: settingsOf(world, flags),
      clusters: world.imagined,
      runtimes,
      replicable: flags.replicable,
      bag: runtimesText,
    },
    jobs: budgets.flatMap((budget) =>
      Array.from({ length: runs }, (_, number) => ({ seed: seed + number, budget })),
    ),
  };
}

const settingsOf = ({ clusters }: World, flags: SimulateFlags): SharedWorld["settings"] => ({
  name: "simulated",
  clusters,
  review: REVIEW,
  wait: WAIT,
  strict: false,
  choose: flags.choose,
  yes: true,
  without: flags.without ?? [],
});
