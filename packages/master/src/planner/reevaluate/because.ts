/** Why the reviewing room decides as it does. */
import type { Duration, MicroUsd } from "@stint/shared/units.js";

/** How long a plan takes that never ends the bag: a hundred years. */
export const NEVER = 3.15e15 as Duration;

/** What does not wait for the clock: the fleet, the bag or the money is not what the plan in force was made for. */
export type UrgentReview =
  | "bag-extended"
  | "budget-added"
  | "machines-lost"
  | "nothing-left"
  | "price-changed"
  | "resumed"
  | "unpaused";

export type ReviewBecause =
  | { readonly kind: "review-is-due"; readonly every: Duration }
  | { readonly kind: "fleet-changed"; readonly what: UrgentReview }
  | ReviewVerdict;

/** Promise against forecast, and what follows. */
export type ReviewVerdict =
  | {
      readonly kind: "behind";
      readonly endsIn: Duration;
      /** Absent where nothing was promised, as where what there is is spent. */
      readonly promisedIn?: Duration;
      readonly pWithinBudget: number;
      readonly betterEndsIn: Duration;
    }
  | {
      readonly kind: "too-dear";
      readonly cost: MicroUsd;
      readonly limit: MicroUsd;
      readonly betterCost: MicroUsd;
    }
  | {
      readonly kind: "ahead";
      readonly cost: MicroUsd;
      readonly betterCost: MicroUsd;
      readonly endsIn: Duration;
      readonly betterEndsIn: Duration;
    }
  | {
      readonly kind: "as-promised";
      readonly endsIn: Duration;
      readonly promisedIn?: Duration;
      readonly pWithinBudget: number;
    }
  | {
      readonly kind: "money-is-short";
      readonly pWithinBudget: number;
      readonly least: number;
      readonly reviews: number;
    };
