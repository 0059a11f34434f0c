/** Runs one contender in one world under one budget and seed, and tells what came of it. */
import type { SimulatedRun } from "@stint/master/simulate/simulate.js";
import { imagine, optionsOf, type Imagined, type Setting } from "./imagine.js";
import { nameOf, runUnder, type Contender } from "./policies.js";
import { recomputeBill } from "./recompute-bill.js";
import type { Promised, RunFigures } from "./run-figures.js";
import { createWitness, type Witness } from "./witness.js";

/** All budgets and contenders of one bag under one seed. */
export interface Job {
  readonly world: string;
  readonly seed: number;
  readonly budgets: readonly number[];
  readonly contenders: readonly Contender[];
}

export function measureJob(
  job: Job,
  world: Setting["world"],
  boundOf: (imagined: Imagined, setting: Setting) => number,
): RunFigures[] {
  const imagined = imagine(world, job.seed);
  return job.budgets.flatMap((budget) => {
    const setting: Setting = { world, budget, seed: job.seed };
    const bound = boundOf(imagined, setting);
    return job.contenders.map((contender) => measureRun(imagined, setting, { contender, bound }));
  });
}

function measureRun(
  imagined: Imagined,
  setting: Setting,
  { contender, bound }: { readonly contender: Contender; readonly bound: number },
): RunFigures {
  const { world, seed, budget } = setting;
  const options = optionsOf(imagined, setting, contender.without);
  const witness = createWitness(imagined.truth.map(averageOf));
  const since = performance.now();
  const simulated = runUnder(contender.policy, { ...options, written: witness.written });
  const took = performance.now() - since;
  const { summary, machines } = simulated;
  const bill = recomputeBill(machines, options.settings.clusters);
  return {
    world: world.name,
    family: world.family,
    budgetFactor: budget,
    seed,
    contender: nameOf(contender),
    complete: summary.tasks.done === summary.tasks.total,
    overBudget: bill > BigInt(options.settings.budget ?? 0),
    sameBill: bill === BigInt(Math.round(summary.spent_usd * 1e6)),
    done: summary.tasks.done,
    makespan: summary.makespan_s ?? 0,
    bound,
    budget: summary.budget_usd ?? Number(options.settings.budget) / 1e6,
    cost: Number(bill) / 1e6,
    learning: summary.learning_usd,
    useful: summary.useful_usd,
    waste: summary.waste_usd,
    decisionSeconds: took / 1000,
    ...seen(simulated, witness),
  };
}

function seen(simulated: SimulatedRun, witness: Witness): Partial<RunFigures> {
  const { summary } = simulated;
  const end = Date.parse(summary.started_at) * 1000 + (summary.makespan_s ?? 0) * 1e6;
  const promised = promisedBy(simulated);
  const halfWay = witness.halfWay(end);
  const errors = witness.errors();
  return {
    ...(promised !== undefined && { promised }),
    ...(halfWay !== undefined && { halfWay }),
    ...(errors !== undefined && { errors }),
  };
}

function promisedBy({ summary, run }: SimulatedRun): Promised | undefined {
  const picked = summary.offers.find(({ name }) => name === summary.chosen);
  const { since_accepted_s: took } = summary;
  if (picked === undefined || took === null) return undefined;
  const unitOfAll = run.settings.clusters.reduce(
    (sum, { name, tariff }) => sum + ((picked.machines[name] ?? 0) * tariff.price * tariff.atu) / 3.6e15,
    0,
  );
  return {
    time: picked.time_s,
    cost: picked.cost_usd,
    within: picked.p_within_budget,
    took,
    unitOfAll,
  };
}

const averageOf = (values: Float64Array): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
