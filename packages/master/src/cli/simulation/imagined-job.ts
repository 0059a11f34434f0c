/** One run of a comparison: which world, how much money, which dice. Plain values, so that any thread can do it. */
import type { MicroUsd } from "@stint/shared/units.js";
import type { RunSettings } from "../../planner/vocabulary/settings.js";
import type { ImaginedCluster } from "../../simulate/imagined-cluster.js";
import { simulateUnder, type PolicyName } from "../../simulate/policies/simulate-under.js";
import type { Runtimes } from "../../simulate/runtimes.js";
import type { SimulatedRun } from "../../simulate/simulate.js";
import type { ImaginedRun } from "./comparison.js";

/** What all runs of a comparison share. */
export interface SharedWorld {
  readonly policy: PolicyName;
  readonly settings: Omit<RunSettings, "seed" | "budget">;
  readonly clusters: readonly ImaginedCluster[];
  readonly runtimes: Runtimes;
  readonly replicable: boolean;
  readonly bag: string;
}

export interface ImaginedJob {
  readonly seed: number;
  /** Absent where everything is free. */
  readonly budget: MicroUsd | undefined;
}

export function simulateJob(world: SharedWorld, { seed, budget }: ImaginedJob): SimulatedRun {
  const { policy, settings, replicable, ...shared } = world;
  return simulateUnder(policy, {
    ...shared,
    settings: { ...settings, seed, ...(budget !== undefined && { budget }) },
    tasks: { retriesOf: () => 0, mayBeCopied: () => replicable },
    checked: true,
    keepFrames: false,
  });
}

export const resultOf = (job: ImaginedJob, { summary, violations }: SimulatedRun): ImaginedRun => ({
  ...job,
  summary,
  lawful: violations.length === 0,
});
