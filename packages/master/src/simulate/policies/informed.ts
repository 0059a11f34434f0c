/** The same run by a planner that is told the truth instead of having to find it out: what does learning cost? */
import type { TaskIndex } from "@stint/shared/ids.js";
import { inSeconds } from "@stint/shared/units.js";
import { addEnded, newSketch } from "../../planner/estimate/sketch.js";
import type { Told, ToldRuntime } from "../../planner/vocabulary/told.js";
import { simulate, type SimulatedRun, type SimulationOptions } from "../simulate.js";
import { bagSize, truthOf } from "../true-runtimes.js";

/** @param when before anything is sampled, or in the state that sampling has led to */
export function simulateInformed(options: SimulationOptions, when: Told["when"] = "at-first"): SimulatedRun {
  return simulate({ ...options, settings: { ...options.settings, told: truthToTell(options, when) } });
}

/** Every runtime of the bag on every cluster, noise included; in bins, so that its size does not grow with the bag. */
function truthToTell({ runtimes, clusters, settings }: SimulationOptions, when: Told["when"]): Told {
  const truth = truthOf(runtimes, clusters, settings.seed);
  const tasks = Array.from({ length: bagSize(runtimes) }, (_, task) => task as TaskIndex);
  return {
    when,
    clusters: clusters.map((_, cluster): ToldRuntime[] => {
      const sketch = newSketch();
      for (const task of tasks) addEnded(sketch, inSeconds(truth.runtimeOf(task, cluster)));
      return [...sketch.bins.values()].map(({ ended, endedSum }) => ({
        seconds: endedSum / ended,
        tasks: ended,
      }));
    }),
  };
}
