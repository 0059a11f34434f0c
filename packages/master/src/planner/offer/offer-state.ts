/** What was offered, what was picked, and the plan that is in force since. */
import { NO_TIME, type Duration, type Instant, type MicroUsd } from "@stint/shared/units.js";
import type { EstimateRun } from "../estimate/note-observations.js";
import type { Configuration } from "../vocabulary/configuration.js";
import type { OfferName } from "../vocabulary/settings.js";
import type { Offer, Offers, Plan } from "./records.js";

export interface OfferState {
  /** Questions asked so far; answers to older ones are ignored. */
  questions: number;
  /** The one whose answer is awaited. */
  awaited: number | undefined;
  offers: Offers | undefined;
  shownAt: Instant | undefined;
  /** Until when machines that the cheapest offer does not use work on; absent where that makes nothing dearer. */
  othersUntil: Instant | undefined;
  /** Picked, but the offers were too old and are being computed again. */
  pendingPick: OfferName | undefined;
  accepted: Offer | undefined;
  /** What is promised counts from here: when it was accepted, moved on by the time in which the run stood since. */
  acceptedAt: Instant | undefined;
  /** By how much it was moved on. */
  stoodSince: Duration;
  /** What the pick allows to be spent; beyond it only to complete the bag. */
  limit: MicroUsd | undefined;
  /** Machines wanted now; absent before anything was accepted. */
  wanted: Configuration | undefined;
  /** From then on so many machines are wanted instead. */
  later: { readonly at: Instant; readonly configuration: Configuration } | undefined;
  /** The plan in force as it was last forecast, and when. */
  inForce: Plan | undefined;
  forecastAt: Instant | undefined;
  /** Whoever was asked went away without choosing. */
  refused: boolean;
}

export interface OfferRun extends EstimateRun {
  readonly offer: OfferState;
}

export const newOfferState = (): OfferState => ({
  questions: 0,
  awaited: undefined,
  offers: undefined,
  shownAt: undefined,
  othersUntil: undefined,
  pendingPick: undefined,
  accepted: undefined,
  acceptedAt: undefined,
  stoodSince: NO_TIME,
  limit: undefined,
  wanted: undefined,
  later: undefined,
  inForce: undefined,
  forecastAt: undefined,
  refused: false,
});
