/** What every record of a run has. An event says what happened; a decision orders something and says why. */
import type { Instant } from "@stint/shared/units.js";
import type { Because } from "./because.js";

export interface EventBase {
  readonly at: Instant;
}

export interface DecisionBase {
  readonly because: Because;
}
