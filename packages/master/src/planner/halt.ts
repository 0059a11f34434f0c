/**
 * Have so many tasks been given up that the run is to halt? Whoever asked for it hears which limit was reached; a run
 * that is taken up again counts anew.
 */
import type { BeginStopping } from "./records.js";
import type { Run } from "./run-state.js";
import type { Halt } from "./vocabulary/settings.js";
import { stop } from "./wind-up.js";

/** A share says nothing as long as fewer tasks than this were given up. */
const GIVEN_UP_LEAST = 3;

export function dueHalt(run: Run): BeginStopping | undefined {
  const { halt } = run.settings;
  if (halt === undefined || halt === "never" || run.phase === "stopping" || run.phase === "ended")
    return undefined;
  const { givenUp, endedNow } = run.attempts;
  if (givenUp === 0 || givenUp < limitOf(halt, endedNow)) return undefined;
  const because = { kind: "too-many-failed" as const, givenUp, ended: endedNow, halt };
  return stop("failed-tasks", halt.how === "now", because);
}

const limitOf = ({ fail }: Halt, ended: number): number =>
  fail.kind === "count" ? fail.tasks : Math.max(GIVEN_UP_LEAST, (ended * fail.percent) / 100);
