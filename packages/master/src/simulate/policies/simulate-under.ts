/** One imagined run under a policy: stint's own planner, or one that it is compared with, in the same world. */
import { unreachable } from "@stint/shared/invariant.js";
import { simulateBats } from "./bats/simulate-bats.js";
import { simulateInformed } from "./informed.js";
import { simulate, type SimulatedRun, type SimulationOptions } from "../simulate.js";
import { simulateObserved } from "./observed-world.js";
import { roundRobin } from "./round-robin.js";

export type PolicyName = "stint" | "bats" | "round-robin" | "informed";

export function simulateUnder(policy: PolicyName, options: SimulationOptions): SimulatedRun {
  switch (policy) {
    case "stint":
      return simulate(options);
    case "informed":
      return simulateInformed(options);
    case "bats":
      return simulateBats(options);
    case "round-robin":
      return simulateObserved(options, (world) => roundRobin(world, options.settings.budget));
    default:
      return unreachable(policy);
  }
}
