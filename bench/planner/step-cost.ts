/** What the planner's steps cost on the loop: each is made once more on a run of its own, and timed. */
import { step } from "@stint/master/planner/decide.js";
import { newRun, type Run } from "@stint/master/planner/run-state.js";
import { simulate, type SimulationOptions } from "@stint/master/simulate/simulate.js";
import { EPOCH } from "@stint/master/simulate/imagined-world.js";

export interface StepCost {
  readonly steps: number;
  /** Microseconds. */
  readonly perStep: number;
  readonly total: number;
  /** Milliseconds: of a thousand steps the slowest, and of all. */
  readonly ofThousand: number;
  readonly longest: number;
}

export function stepsOf(options: SimulationOptions): StepCost {
  let twin: Run | undefined;
  const times: number[] = [];
  simulate({
    ...options,
    written(frame, run) {
      twin ??= newRun(run.settings, run.shape, EPOCH);
      const since = performance.now();
      step(twin, frame.event);
      times.push(performance.now() - since);
    },
  });
  const steps = times.length;
  const total = times.reduce((sum, each) => sum + each, 0) * 1000;
  times.sort((a, b) => a - b);
  const ofThousand = times[Math.floor(steps * 0.999)] ?? Number.NaN;
  return { steps, perStep: total / steps, total, ofThousand, longest: times.at(-1) ?? Number.NaN };
}
