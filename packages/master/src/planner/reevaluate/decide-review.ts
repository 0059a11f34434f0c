/**
 * Every review interval, by the clock: promise against forecast. Behind or ahead, a better plan is adopted;
 * the plan in force stays where the gain is small. Computing is done by answer-review.ts, off the loop.
 */
import { after, between, type Duration, type Instant } from "@stint/shared/units.js";
import { someComeBack } from "../machines/machines.js";
import type { Plan } from "../offer/records.js";
import type { ReviewBecause, ReviewVerdict } from "./because.js";
import type { AdoptPlan, AskReview, CallShort, KeepPlan, ReviewComputed } from "./records.js";
import type { ReviewRun } from "./review-state.js";

/** Other plans are searched at every second review when behind, at every sixth when not. */
const SEARCH_EVERY = { behind: 2, ahead: 6 } as const;
/** Below this the money is called short, when two reviews in a row say so. */
export const SHORT_BELOW = 0.1;
const SHORT_REVIEWS = 2;

/** The next look, when it is due. */
export function dueReview(run: ReviewRun): AskReview | undefined {
  const { review, settings, offer } = run;
  if (run.phase !== "running" || review.awaited !== undefined || offer.inForce === undefined)
    return undefined;
  if (run.attempts.count.waiting === 0 && run.attempts.count.running === 0) return undefined;
  const isBack = review.urgent === "resumed" || review.urgent === "bag-extended";
  if (isBack && someComeBack(run)) return undefined;
  if (review.urgent !== undefined) return ask(run, { kind: "fleet-changed", what: review.urgent }, true);
  if (settings.without.includes("review")) return undefined;
  if (review.nextAt === undefined || run.at < review.nextAt) return undefined;
  const every = review.behind ? SEARCH_EVERY.behind : SEARCH_EVERY.ahead;
  // The first look always searches: the offers were made from thirty tasks, and much more is known by now.
  const search = review.reviews % every === 0;
  return ask(run, { kind: "review-is-due", every: settings.review }, search);
}

const ask = (run: ReviewRun, because: ReviewBecause, search: boolean): AskReview => ({
  kind: "ask-review",
  question: run.offer.questions + 1,
  search,
  because,
});

/** What follows from a review's answer. An answer to an older question changes nothing. */
export function answerReview(run: ReviewRun, event: ReviewComputed): (AdoptPlan | KeepPlan | CallShort)[] {
  if (run.phase !== "running") return [];
  const short = callShort(run, event);
  const sameInstant = run.review.adoptedAt === run.at;
  if (event.better === undefined || sameInstant) return [keep(run, event.inForce), ...short];
  const { better } = event;
  const because = verdict(run, event.inForce, better);
  return [{ kind: "adopt-plan", configuration: better.configuration, plan: better, because }, ...short];
}

const keep = (run: ReviewRun, plan: Plan): KeepPlan => ({
  kind: "keep-plan",
  plan,
  because: asPromised(run, plan),
});

function asPromised(run: ReviewRun, plan: Plan): ReviewVerdict {
  const promised = promisedIn(run);
  return {
    kind: "as-promised",
    endsIn: plan.time.p50,
    ...(promised !== undefined && { promisedIn: promised }),
    pWithinBudget: plan.pWithinBudget,
  };
}

/** What is left of the promised time; negative when it has passed. Absent where nothing was promised. */
export function promisedIn(run: ReviewRun): Duration | undefined {
  const { accepted, acceptedAt } = run.offer;
  if (accepted === undefined || acceptedAt === undefined) return undefined;
  return between(run.at, after(acceptedAt, accepted.time.p90));
}

function verdict(run: ReviewRun, inForce: Plan, better: Plan): ReviewVerdict {
  const promised = promisedIn(run);
  const { limit } = run.offer;
  if (better.time.p50 < inForce.time.p50 && better.cost.p50 >= inForce.cost.p50) {
    return {
      kind: "behind",
      endsIn: inForce.time.p50,
      ...(promised !== undefined && { promisedIn: promised }),
      pWithinBudget: inForce.pWithinBudget,
      betterEndsIn: better.time.p50,
    };
  }
  if (limit !== undefined && inForce.cost.p50 > limit) {
    return { kind: "too-dear", cost: inForce.cost.p50, limit, betterCost: better.cost.p50 };
  }
  return {
    kind: "ahead",
    cost: inForce.cost.p50,
    betterCost: better.cost.p50,
    endsIn: inForce.time.p50,
    betterEndsIn: better.time.p50,
  };
}

function callShort(run: ReviewRun, event: ReviewComputed): CallShort[] {
  const pWithinBudget = Math.max(event.inForce.pWithinBudget, event.better?.pWithinBudget ?? 0);
  const { shortInARow } = run.review;
  if (run.money.short || pWithinBudget >= SHORT_BELOW || shortInARow + 1 < SHORT_REVIEWS) return [];
  const because: ReviewBecause = {
    kind: "money-is-short",
    pWithinBudget,
    least: SHORT_BELOW,
    reviews: shortInARow + 1,
  };
  return [{ kind: "call-short", because }];
}

/** Was the plan in force going to miss its promise? By time or by money. */
export function isBehind(run: ReviewRun, inForce: Plan): boolean {
  const promised = promisedIn(run);
  const { limit } = run.offer;
  return (
    (promised !== undefined && inForce.time.p50 > promised) ||
    (limit !== undefined && inForce.cost.p50 > limit)
  );
}

/** When the next review is due, from the acceptance on in even steps. */
export function nextReviewAt(run: ReviewRun): Instant | undefined {
  const { acceptedAt } = run.offer;
  if (acceptedAt === undefined) return undefined;
  const passed = Math.floor(between(acceptedAt, run.at) / run.settings.review);
  return after(acceptedAt, ((passed + 1) * run.settings.review) as Duration);
}
