/** Offers: asked for, computed, shown, picked. */
import type { Duration, MicroUsd } from "@stint/shared/units.js";
import type { Configuration, Later } from "../vocabulary/configuration.js";
import type { DecisionBase, EventBase } from "../vocabulary/record.js";
import type { OfferName } from "../vocabulary/settings.js";

/** A middle value and the one that nine of ten runs stay below. */
export interface Spread<T> {
  readonly p50: T;
  readonly p90: T;
}

/** A way to spend the money: how many machines, for how long, and what comes of it. */
export interface Plan {
  readonly configuration: Configuration;
  /** Fewer machines towards the end: where units are long not all that begin are worth another one. */
  readonly later?: Later;
  /** From now to the last commit. */
  readonly time: Spread<Duration>;
  /** Of the whole run, what was spent before included. */
  readonly cost: Spread<MicroUsd>;
  /** That every task is done within the budget; 1 where there is no budget. */
  readonly pWithinBudget: number;
  readonly cushion: Cushion;
}

/** Tasks that do not fit whole into the plan's machines, and what the fewest extra units for them cost. */
export interface Cushion {
  readonly tasks: number;
  readonly cost: MicroUsd;
}

export interface Offer extends Plan {
  readonly name: OfferName;
  /** An earlier offer that is the same plan. */
  readonly sameAs?: OfferName;
  /** Made although it is less than 90 % sure to end within the budget. */
  readonly risky: boolean;
}

/** What the money buys when no plan ends the bag within it. */
export interface Shortfall {
  readonly tasksBought: Spread<number>;
  /** The least budget with which the bag ends at 90 % confidence. */
  readonly budgetNeeded: MicroUsd;
  /** The machines with which that many tasks get done. */
  readonly plan: Plan;
}

export interface Offers {
  readonly offers: readonly Offer[];
  /** Present when the offers are empty. */
  readonly shortfall?: Shortfall;
  /** Time against cost, dominated plans dropped, fastest last. */
  readonly frontier: readonly Plan[];
  /** What copies in the tail would gain, when they are not allowed. */
  readonly copiesWouldGain?: Duration;
  /** What they were learnt from; absent in old records, and where nothing was. */
  readonly learntFrom?: Learnt;
}

export interface Learnt {
  /** Results of tasks that ended. */
  readonly results: number;
  /** Standard deviation of a runtime over its mean, as far as the sample shows it. */
  readonly cv: number;
  /** Nine of ten runs stay below the P90 of such offers; not where what is rarer than the sample shows decides too much. */
  readonly calibrated: boolean;
}

export interface OffersComputed extends EventBase {
  readonly kind: "offers-computed";
  readonly question: number;
  readonly offers: Offers;
}
/** Somebody, or a flag, chose. */
export interface OfferPicked extends EventBase {
  readonly kind: "offer-picked";
  readonly pick: OfferName;
  readonly by: "flag" | "yes" | "person";
}
/** Whoever was asked does not choose: there is no terminal, or the prompt was left. */
export interface ChoiceRefused extends EventBase {
  readonly kind: "choice-refused";
}

export type OfferEvent = OffersComputed | OfferPicked | ChoiceRefused;

/** Have the frontier computed, off the loop; the answer is `offers-computed`. */
export interface AskOffers extends DecisionBase {
  readonly kind: "ask-offers";
  readonly question: number;
}
export interface ShowOffers extends DecisionBase {
  readonly kind: "show-offers";
  readonly offers: Offers;
}
/** From here on this is what was promised. */
export interface AcceptOffer extends DecisionBase {
  readonly kind: "accept-offer";
  readonly offer: Offer;
}

/** There was nothing to choose from: these machines, without a promise. */
export interface BeginUnoffered extends DecisionBase {
  readonly kind: "begin-unoffered";
  readonly configuration: Configuration;
}
/** The money buys only a part of the bag, and the user said to buy it. */
export interface SpendAnyway extends DecisionBase {
  readonly kind: "spend-anyway";
  readonly plan: Plan;
}

export type OfferDecision = AskOffers | ShowOffers | AcceptOffer | BeginUnoffered | SpendAnyway;
