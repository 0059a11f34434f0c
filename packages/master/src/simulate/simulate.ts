/**
 * One imagined run from its first event to its receipt, by the planner and the drive of a live run. The same
 * options always give the same run, to the byte.
 */
import type { ClosedAttempt } from "../planner/attempts/closed.js";
import type { Violation } from "../planner/check/witness.js";
import { createChecker } from "../planner/check-run.js";
import type { ClosedMachine } from "../planner/machines/closed.js";
import type { Frame } from "../planner/records.js";
import { summarise } from "../planner/report/summarise.js";
import type { Summary } from "../planner/report/summary.js";
import type { Run } from "../planner/run-state.js";
import { createWorld, type WorldOptions } from "./imagined-world.js";
import { bagSize } from "./true-runtimes.js";

export interface SimulationOptions extends Omit<WorldOptions, "audience"> {
  /** What a summary calls the bag. */
  readonly bag: string;
  /** Every record held against the laws; some microseconds each. */
  readonly checked: boolean;
  /** Keep every frame: as a journal would, in memory. */
  readonly keepFrames: boolean;
}

export interface SimulatedRun {
  readonly summary: Summary;
  readonly run: Run;
  /** In the order of ending. */
  readonly attempts: readonly ClosedAttempt[];
  readonly machines: readonly ClosedMachine[];
  readonly frameCount: number;
  /** Empty unless asked for. */
  readonly frames: readonly Frame[];
  /** Laws that did not hold; empty also where nothing was checked. */
  readonly violations: readonly Violation[];
}

export function simulate(options: SimulationOptions): SimulatedRun {
  const { settings, runtimes, tasks } = options;
  const checker = options.checked ? createChecker(settings, bagSize(runtimes), tasks) : undefined;
  const attempts: ClosedAttempt[] = [];
  const machines: ClosedMachine[] = [];
  const frames: Frame[] = [];
  const violations: Violation[] = [];
  let frameCount = 0;
  const world = createWorld({
    ...options,
    audience: {
      seen(frame, _run, closed) {
        frameCount += 1;
        attempts.push(...closed.attempts);
        machines.push(...closed.machines);
        if (options.keepFrames) frames.push(frame);
        if (checker !== undefined) violations.push(...checker.check(frame));
      },
    },
  });
  world.proceed();
  if (checker !== undefined) violations.push(...checker.finish());
  const run = world.run();
  const summary = summarise(run, {
    run: settings.name,
    bag: options.bag,
    state: run.endState ?? "running",
  });
  return { summary, run, attempts, machines, frameCount, frames, violations };
}
