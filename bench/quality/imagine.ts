/** A world, a budget and a seed become the options of one simulated run. */
import { microUsd, minutes, type MicroUsd } from "@stint/shared/units.js";
import type { Part } from "@stint/master/planner/vocabulary/settings.js";
import type { SimulationOptions } from "@stint/master/simulate/simulate.js";
import { trueSeconds } from "./true-seconds.js";
import type { World } from "./worlds/world.js";

/** The budgets, as multiples of what all work costs on the cluster where a task is cheapest. */
export const BUDGETS = [1.15, 1.5, 2] as const;

export interface Setting {
  readonly world: World;
  readonly budget: number;
  readonly seed: number;
}

/** Tasks may be tried again: a simulated failure says nothing of a planner. */
const RETRIES = 5;

/** One bag of one world under one seed: what stays the same for all budgets and policies. */
export interface Imagined {
  readonly options: Omit<SimulationOptions, "settings">;
  /** Seconds of each task on each cluster, noise included. */
  readonly truth: readonly Float64Array[];
  readonly cheapest: MicroUsd;
}

export function imagine(world: World, seed: number): Imagined {
  const runtimes = world.runtimesOf(seed);
  const truth = trueSeconds(runtimes, world.fleet.imagined, seed);
  return {
    options: {
      clusters: world.fleet.imagined,
      runtimes,
      tasks: { retriesOf: () => RETRIES, mayBeCopied: () => true },
      bag: world.name,
      checked: false,
      keepFrames: false,
    },
    truth,
    cheapest: costOfAll(world, truth),
  };
}

export const optionsOf = (
  { options, cheapest }: Imagined,
  { world, budget, seed }: Setting,
  without: readonly Part[],
): SimulationOptions => ({
  ...options,
  settings: {
    name: "bench",
    clusters: world.fleet.clusters,
    budget: microUsd(Math.ceil(cheapest * budget)),
    seed,
    review: minutes(5),
    wait: minutes(5),
    strict: false,
    choose: "fastest",
    yes: true,
    // A policy to compare with spends what it has, and so does ours.
    whenShort: "spend",
    without,
  },
});

/** All work on the cluster where it is cheapest, rounded up to whole units of a machine. */
function costOfAll({ fleet }: World, truth: readonly Float64Array[]): MicroUsd {
  const costs = fleet.clusters.map(({ tariff, slots }, index) => {
    const work = (truth[index] ?? new Float64Array()).reduce((sum, seconds) => sum + seconds, 0);
    const unit = tariff.atu / 1e6;
    return (Math.ceil(work / slots / unit) * unit * tariff.price) / 3600;
  });
  return microUsd(Math.ceil(Math.min(...costs)));
}
