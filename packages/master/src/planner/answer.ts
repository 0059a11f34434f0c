/** Answers the questions a run asks: pure functions of a snapshot, wherever they are computed. */
import { computeOffers } from "./offer/compute-offers.js";
import type { OffersComputed } from "./offer/records.js";
import type { Question } from "./questions.js";
import { answerReview } from "./reevaluate/answer-review.js";
import type { ReviewComputed } from "./reevaluate/records.js";

/** An event that lacks only the instant at which it arrives. */
export type Answer = Omit<OffersComputed, "at"> | Omit<ReviewComputed, "at">;

export function answer(question: Question): Answer {
  const { question: number, snapshot } = question;
  if (question.kind === "offers")
    return { kind: "offers-computed", question: number, offers: computeOffers(snapshot) };
  return { kind: "review-computed", question: number, ...answerReview(snapshot, question.search) };
}
