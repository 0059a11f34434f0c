/** One imagined run by BaTS. What the settings switch off of stint's parts is switched off of its own, where it has it. */
import type { SimulatedRun, SimulationOptions } from "../../simulate.js";
import { simulateObserved } from "../observed-world.js";
import { bats, type BatsSetup } from "./bats.js";

/** @param setup what is to be otherwise than the settings say */
export function simulateBats(options: SimulationOptions, setup: Partial<BatsSetup> = {}): SimulatedRun {
  const { choose, without, budget } = options.settings;
  return simulateObserved(options, (world) =>
    bats(world, {
      choose: choose ?? "fastest",
      review: !without.includes("review"),
      tail: !without.includes("tail"),
      cushion: !without.includes("cushion"),
      ...(budget !== undefined && { budget }),
      ...setup,
    }),
  );
}
