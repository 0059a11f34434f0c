/** `stint simulate`: its flags become imagined runs, a budget and a seed each, and these a document or a table. */
import { EXIT, type ExitCode } from "@stint/shared/failures.js";
import { minutes, type MicroUsd } from "@stint/shared/units.js";
import type { OfferName, Part, RunSettings } from "../planner/vocabulary/settings.js";
import { simulateUnder, type PolicyName } from "../simulate/policies/simulate-under.js";
import type { SimulatedRun, SimulationOptions } from "../simulate/simulate.js";
import { amountOf, countOf } from "./amounts.js";
import { readRuntimes } from "./input/runtimes-file.js";
import { atTheirDearest, readWorld, type World } from "./input/world-file.js";
import { printDocument, printLines } from "./known-run.js";
import { comparisonDocument, type Comparison, type ImaginedRun } from "./simulation/comparison.js";
import { comparisonLines } from "./simulation/comparison-table.js";
import { refuseManyRuns, writeTables } from "./simulation/tables.js";
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
  const plan = await readPlan(runtimesText, flags);
  const runs: ImaginedRun[] = [];
  let last: SimulatedRun | undefined;
  for (const budget of plan.budgets) {
    for (let number = 0; number < plan.runs; number += 1) {
      const seed = plan.seed + number;
      last = simulateUnder(flags.policy, optionsOf(plan, budget, seed));
      runs.push({ seed, budget, summary: last.summary, lawful: last.violations.length === 0 });
    }
  }
  if (last !== undefined) writeTables(last, plan.options.runtimes, flags);
  const comparison: Comparison = {
    input: {
      runtimes: runtimesText,
      clusters: flags.clusters,
      policy: flags.policy,
      choose: flags.choose,
      seed: plan.seed,
      tasks: last?.summary.tasks.total ?? 0,
    },
    runs,
  };
  if (flags.json === true) printDocument(comparisonDocument(comparison));
  else printLines(comparisonLines(comparison));
  return EXIT.done;
}

interface Plan {
  /** One for each budget; undefined where everything is free. */
  readonly budgets: readonly (MicroUsd | undefined)[];
  readonly seed: number;
  readonly runs: number;
  readonly options: Omit<SimulationOptions, "settings">;
  readonly settings: Omit<RunSettings, "seed" | "budget">;
}

async function readPlan(runtimesText: string, flags: SimulateFlags): Promise<Plan> {
  const seed = countOf(flags.seed, "--seed", { least: 0, most: SEED_MOST });
  const runs = countOf(flags.runs, "--runs", { least: 1, most: RUNS_MOST });
  const tasks = flags.tasks === undefined ? undefined : countOf(flags.tasks, "--tasks", { least: 1 });
  const amounts = (flags.budget ?? []).map((text) => amountOf(text, "--budget"));
  refuseManyRuns(runs * Math.max(1, amounts.length), flags);
  const world = await readWorld(flags.clusters);
  refuseUnlimited(atTheirDearest(world), amounts[0], "stint simulate");
  const runtimes = await readRuntimes(runtimesText, {
    ...(tasks !== undefined && { tasks }),
    clusters: world.clusters.map(({ name }) => name),
  });
  return {
    budgets: amounts.length === 0 ? [undefined] : amounts,
    seed,
    runs,
    settings: settingsOf(world, flags),
    options: {
      clusters: world.imagined,
      runtimes,
      tasks: { retriesOf: () => 0, mayBeCopied: () => flags.replicable },
      bag: runtimesText,
      checked: true,
      keepFrames: false,
    },
  };
}

const settingsOf = ({ clusters }: World, flags: SimulateFlags): Plan["settings"] => ({
  name: "simulated",
  clusters,
  review: REVIEW,
  wait: WAIT,
  strict: false,
  choose: flags.choose,
  yes: true,
  without: flags.without ?? [],
});

const optionsOf = (
  { options, settings }: Plan,
  budget: MicroUsd | undefined,
  seed: number,
): SimulationOptions => ({
  ...options,
  settings: { ...settings, seed, ...(budget !== undefined && { budget }) },
});
