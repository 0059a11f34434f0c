/** Who decides in a run of the bench: a policy, and the parts of the planner that are switched off. */
import { PARTS, type Part } from "@stint/master/planner/vocabulary/settings.js";
import { simulateInformed } from "@stint/master/simulate/policies/informed.js";
import { simulateUnder } from "@stint/master/simulate/policies/simulate-under.js";
import type { SimulatedRun, SimulationOptions } from "@stint/master/simulate/simulate.js";

/** `informed-later` is told the truth when sampling ends, in the state that it has led to. */
export const POLICIES = ["stint", "informed", "informed-later", "bats", "round-robin"] as const;
export type Policy = (typeof POLICIES)[number];

export interface Contender {
  readonly policy: Policy;
  readonly without: readonly Part[];
}

/** `stint`, or `stint-tail-review` for a planner that lacks these parts. */
export const nameOf = ({ policy, without }: Contender): string => [policy, ...without].join("-without-");

export function contenderOf(text: string): Contender {
  const [policy, ...without] = text.split("-without-");
  const known = POLICIES.find((each) => each === policy);
  const parts = without.map((part) => PARTS.find((each) => each === part));
  if (known === undefined || parts.includes(undefined)) throw new RangeError(`no such policy: ${text}`);
  return { policy: known, without: parts.filter((part) => part !== undefined) };
}

export function runUnder(policy: Policy, options: SimulationOptions): SimulatedRun {
  return policy === "informed-later"
    ? simulateInformed(options, "after-sampling")
    : simulateUnder(policy, options);
}
