/** When the run is looked at again, and what the last looks found. */
import type { Instant } from "@stint/shared/units.js";
import type { OfferRun } from "../offer/offer-state.js";
import type { UrgentReview } from "./because.js";

export interface ReviewState {
  /** The question whose answer is awaited. */
  awaited: number | undefined;
  /** By the clock, from the acceptance on. */
  nextAt: Instant | undefined;
  reviews: number;
  /** Was the last review behind the promise? Then other plans are searched more often. */
  behind: boolean;
  /** Something happened that does not wait for the clock. */
  urgent: UrgentReview | undefined;
  /** When a plan was last adopted: at the same instant nothing more is known, and nothing else is adopted. */
  adoptedAt: Instant | undefined;
  /** Reviews in a row that found the money too short. */
  shortInARow: number;
  /** The pick's limit was passed to complete the bag, and it was said. */
  limitPassed: boolean;
}

export interface ReviewRun extends OfferRun {
  readonly review: ReviewState;
}

export const newReviewState = (): ReviewState => ({
  awaited: undefined,
  nextAt: undefined,
  reviews: 0,
  behind: false,
  urgent: undefined,
  adoptedAt: undefined,
  shortInARow: 0,
  limitPassed: false,
});
