/** Why the estimating room decides as it does. */
import type { Duration } from "@stint/shared/units.js";

export interface EstimateBecause {
  readonly kind: "tasks-take-another-time";
  /** On average, of late and before. */
  readonly took: Duration;
  readonly before: Duration;
  readonly results: number;
}
