/** Notes, while a run goes on, what its receipt does not tell: what it thought of runtimes and times, and when. */
import type { Frame } from "@stint/master/planner/records.js";
import type { Run } from "@stint/master/planner/run-state.js";
import { meanErrors } from "./mean-errors.js";
import type { HalfWay, RunFigures } from "./run-figures.js";

export interface Witness {
  readonly written: (frame: Frame, run: Run) => void;
  readonly errors: () => RunFigures["errors"];
  /** @param end microseconds on the run's own time */
  readonly halfWay: (end: number) => HalfWay | undefined;
}

/** @param truth means in seconds, for each cluster */
export function createWitness(truth: readonly number[]): Witness {
  let errors: RunFigures["errors"];
  let half: { readonly at: number; readonly p90: number } | undefined;
  return {
    written(frame, run) {
      for (const decision of frame.decisions) {
        if (decision.kind === "show-offers") errors ??= meanErrors(run, truth);
        if (decision.kind !== "keep-plan" && decision.kind !== "adopt-plan") continue;
        if (half !== undefined || run.attempts.count.done < run.shape.size / 2) continue;
        half = { at: run.at, p90: decision.plan.time.p90 / 1e6 };
      }
    },
    errors: () => errors,
    halfWay: (end) => half && { p90: half.p90, took: (end - half.at) / 1e6 },
  };
}
