/** What the tail's records change. */
import { add, after, between, later } from "@stint/shared/units.js";
import { rivals } from "../attempts/apply-attempts.js";
import type { StartAttempts } from "../attempts/records.js";
import { expectedRemaining } from "../estimate/expect.js";
import { machineOf } from "../machines/machines.js";
import type { BeginTail } from "./records.js";
import type { TailRun } from "./tail-state.js";

export function applyTailDecision(run: TailRun, _decision: BeginTail): void {
  run.tail.since ??= run.at;
}

/** Counts copies, and what those that do not run on owed time take from the cushion. */
export function noteCopies(run: TailRun, decision: StartAttempts): void {
  run.tail.copies += decision.starts.filter(({ kind }) => kind === "replica").length;
  if (decision.fromCushion !== undefined)
    run.tail.cushionUsed = add(run.tail.cushionUsed, decision.fromCushion);
}

/** Copies that won, and when the originals they overtook were expected to end. */
export function noteWinners(run: TailRun): void {
  for (const closed of run.closedAttempts) {
    if (closed.kind !== "replica" || closed.outcome !== "done") continue;
    run.tail.won += 1;
    for (const original of rivals(run.attempts, closed.task)) {
      const { cluster } = machineOf(run, original.machine);
      const remaining = expectedRemaining(run.estimate, cluster, between(original.orderedAt, run.at));
      if (remaining === undefined) continue;
      const end = after(run.at, remaining);
      run.tail.endWithout = run.tail.endWithout === undefined ? end : later(run.tail.endWithout, end);
    }
  }
}
