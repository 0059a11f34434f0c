/** How did an attempt end, in a few words? The same ones at the end of a run and in `stint logs`. */
import type { ClosedAttempt } from "../../planner/attempts/closed.js";

export function howItEnded({
  outcome,
  notStarted,
  noOutput,
  signal,
  exitCode,
}: Pick<ClosedAttempt, "outcome" | "notStarted" | "noOutput" | "signal" | "exitCode">): string {
  if (notStarted !== undefined) return `not started: ${notStarted}`;
  if (noOutput !== undefined) return noOutput;
  if (outcome === "timeout") return "timed out";
  if (outcome === "cancelled") return "cancelled";
  if (outcome === "lost") return "lost with its machine";
  if (signal !== undefined) return `ended by ${signal}`;
  return `exit code ${String(exitCode ?? "unknown")}`;
}
