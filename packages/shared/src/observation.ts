/** One attempt as it was measured: how it ended, how long it took, what it wrote. */
import type { AttemptRef } from "./ids.js";
import type { Duration, Instant } from "./units.js";

/** How an attempt's process ended, as its agent saw it. */
export type AttemptEnding =
  | { readonly kind: "exited"; readonly code: number }
  | { readonly kind: "signalled"; readonly signal: string }
  | { readonly kind: "timed-out" }
  | { readonly kind: "cancelled" }
  /** The command could not be started at all: no such directory or program. */
  | { readonly kind: "not-started"; readonly reason: string }
  /** It exited with 0, but a declared output is not there, or is none that can be put in its place. */
  | { readonly kind: "no-output"; readonly reason: string };

/** What an agent reports of an attempt that is over. */
export interface AttemptResult extends AttemptRef {
  readonly ending: AttemptEnding;
  /** On the run's timeline. For an attempt that never started both are the instant of its ending. */
  readonly startedAt: Instant;
  /** Includes the time the slot was held to imitate a slower machine. */
  readonly endedAt: Instant;
  /** From 1. */
  readonly slot: number;
  readonly stdoutBytes: number;
  readonly stderrBytes: number;
  /** Only where the platform measures them. */
  readonly cpu?: Duration;
  readonly peakMemoryBytes?: number;
}

/** Did the command do what it was asked? Only then is the attempt's result worth keeping. */
export const succeeded = (ending: AttemptEnding): boolean => ending.kind === "exited" && ending.code === 0;
