/** When the tail began, and what its copies did. */
import { NO_MONEY, type Instant, type MicroUsd } from "@stint/shared/units.js";
import type { ReviewRun } from "../reevaluate/review-state.js";

export interface TailState {
  since: Instant | undefined;
  copies: number;
  /** Copies that were first. */
  won: number;
  /** What copies have been promised out of the cushion. */
  cushionUsed: MicroUsd;
  /** When the last of the overtaken originals was expected to end. */
  endWithout: Instant | undefined;
}

export interface TailRun extends ReviewRun {
  readonly tail: TailState;
}

export const newTailState = (): TailState => ({
  since: undefined,
  copies: 0,
  won: 0,
  cushionUsed: NO_MONEY,
  endWithout: undefined,
});
