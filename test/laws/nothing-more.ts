/** What has just been decided is not decided again: a second look, or a second review, orders nothing. */
import { expect } from "vitest";
import { answer } from "@stint/master/planner/answer.js";
import { questionFor } from "@stint/master/planner/ask.js";
import { step } from "@stint/master/planner/decide.js";
import type { AskReview } from "@stint/master/planner/reevaluate/records.js";
import type { Decision, Frame } from "@stint/master/planner/records.js";
import type { Run } from "@stint/master/planner/run-state.js";

/** Events that come with every task: after one only its machine is looked at. */
const FREQUENT: ReadonlySet<string> = new Set(["tasks-wanted", "attempts-ended"]);
/** Looking twice at every frame would take most of the time. */
const LOOK_EVERY = 5;

/** Watches a run frame by frame. */
export function watchForMore(): (frame: Frame, run: Run) => void {
  let searched = false;
  return (frame, run) => {
    // A review that only looked at the plan in force may be followed by one that finds a better, and so may one
    // whose question was asked before something else happened.
    const farewell = frame.decisions.some(isFarewell);
    if (frame.event.kind === "review-computed" && searched && !farewell) expectSecondReviewIdle(run);
    searched = frame.decisions.find(isAskReview)?.search ?? false;
    if (FREQUENT.has(frame.event.kind) || run.at % LOOK_EVERY !== 0) return;
    // What is missing when machines go is looked at when they are gone.
    if (farewell) return;
    const { decisions } = step(copyOf(run), { kind: "time-passed", at: run.at });
    const orders = decisions.filter(({ kind }) => kind !== "ask-review");
    expect(orders, `a second look after ${JSON.stringify(frame)}`).toEqual([]);
  };
}

/** A machine is given up, or its last lease has been paid. */
const isFarewell = ({ kind, because }: Decision): boolean =>
  kind === "release-machine" || kind === "let-lapse" || because.kind === "last-of-the-money";

function expectSecondReviewIdle(run: Run): void {
  const again = copyOf(run);
  if (again.phase !== "running" || again.offer.inForce === undefined) return;
  again.review.urgent = "resumed";
  const asked = step(again, { kind: "time-passed", at: run.at }).decisions.find(isAskReview);
  if (asked === undefined) return;
  const { decisions } = step(again, { ...answer(questionFor(again, asked)), at: run.at });
  expect(decisions.filter(({ kind }) => ORDERS.has(kind))).toEqual([]);
}

const isAskReview = (decision: Decision): decision is AskReview => decision.kind === "ask-review";

const ORDERS: ReadonlySet<Decision["kind"]> = new Set([
  "adopt-plan",
  "rent-machine",
  "mark-leaving",
  "keep-machine",
  "release-machine",
]);

function copyOf(run: Run): Run {
  const { shape, ...rest } = run;
  return { ...structuredClone(rest), shape };
}
