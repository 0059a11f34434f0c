/** What reviews change: the plan in force, when to look again, whether the money is short. */
import { after, between, seconds } from "@stint/shared/units.js";
import { enforce } from "../offer/apply-offer.js";
import { isBehind, nextReviewAt, SHORT_BELOW } from "./decide-review.js";
import type { ReviewComputed, ReviewDecision } from "./records.js";
import type { ReviewRun } from "./review-state.js";

export function applyReviewEvent(run: ReviewRun, event: ReviewComputed): void {
  const { review } = run;
  if (event.question === review.awaited) review.awaited = undefined;
  review.behind = isBehind(run, event.inForce);
  const p = Math.max(event.inForce.pWithinBudget, event.better?.pWithinBudget ?? 0);
  review.shortInARow = p < SHORT_BELOW ? review.shortInARow + 1 : 0;
}

export function applyReviewDecision(run: ReviewRun, decision: ReviewDecision): void {
  const { review, offer } = run;
  switch (decision.kind) {
    case "ask-review":
      offer.questions = decision.question;
      review.awaited = decision.question;
      if (review.urgent === undefined) review.reviews += 1;
      review.urgent = undefined;
      review.nextAt = nextReviewAt(run);
      return;
    case "adopt-plan":
      review.adoptedAt = run.at;
      enforce(run, decision.plan);
      return;
    case "keep-plan":
      // The machines that are wanted stay as they are: what was rented since the question was asked is among them.
      offer.inForce = decision.plan;
      offer.forecastAt = run.at;
      return;
    case "call-short":
      run.money.short = true;
      return;
  }
}

/** Offers that wait get old: machines work on. From so long on what is picked is forecast anew at once. */
const LATE_PICK = seconds(10);

/** The first look, once an offer has been accepted. */
export function scheduleReviews({ phase, review, offer, settings }: ReviewRun): void {
  const { acceptedAt, shownAt } = offer;
  if (phase !== "running" || review.nextAt !== undefined || acceptedAt === undefined) return;
  const late = shownAt !== undefined && between(shownAt, acceptedAt) >= LATE_PICK;
  review.nextAt = late ? acceptedAt : after(acceptedAt, settings.review);
}
