/** Reviews: asked for, computed, acted on. */
import type { Configuration } from "../vocabulary/configuration.js";
import type { DecisionBase, EventBase } from "../vocabulary/record.js";
import type { Plan } from "../offer/records.js";

/** What a review found: the plan in force forecast anew, and a better one if there is one. */
export interface ReviewComputed extends EventBase {
  readonly kind: "review-computed";
  readonly question: number;
  readonly inForce: Plan;
  readonly better?: Plan;
}

export type ReviewEvent = ReviewComputed;

export interface AskReview extends DecisionBase {
  readonly kind: "ask-review";
  readonly question: number;
  /** Search for other plans too, or only forecast the one in force. */
  readonly search: boolean;
}
/** The number of machines that is wanted from now on. */
export interface AdoptPlan extends DecisionBase {
  readonly kind: "adopt-plan";
  readonly configuration: Configuration;
  readonly plan: Plan;
}
/** The plan in force stays. */
export interface KeepPlan extends DecisionBase {
  readonly kind: "keep-plan";
  readonly plan: Plan;
}
/** The money left does not buy the rest of the bag. */
export interface CallShort extends DecisionBase {
  readonly kind: "call-short";
}

export type ReviewDecision = AskReview | AdoptPlan | KeepPlan | CallShort;
