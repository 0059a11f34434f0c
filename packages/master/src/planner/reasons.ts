/**
 * The one place where a decision's reason becomes a sentence. Consoles, the receipt and `explain` render what
 * stands here and add nothing.
 */
import { formatCount, formatShare } from "@stint/shared/format.js";
import { counted, money, percent, time } from "./reason-words.js";
import { stopText } from "./stop-text.js";
import type { EstimateBecause } from "./estimate/because.js";
import type { OfferBecause } from "./offer/because.js";
import { NEVER, type ReviewBecause } from "./reevaluate/because.js";
import type { RunBecause } from "./run/because.js";
import type { SampleBecause } from "./sample/because.js";
import type { StopBecause } from "./stop-because.js";
import type { TailBecause } from "./tail/because.js";

/** Every reason that a decision can have. */
export type AnyBecause =
  SampleBecause | EstimateBecause | OfferBecause | RunBecause | ReviewBecause | TailBecause | StopBecause;

/** The reason as a clause that can follow the name of a decision. */
export function reasonText(because: AnyBecause): string {
  return (
    sampleText(because) ??
    estimateText(because) ??
    offerText(because) ??
    runText(because) ??
    reviewText(because) ??
    tailText(because) ??
    stopText(because as StopBecause) ??
    because.kind
  );
}

function sampleText(because: AnyBecause): string | undefined {
  switch (because.kind) {
    case "bag-too-small-to-sample":
      return `${counted(because.tasks, "task")} ${because.tasks === 1 ? "is" : "are"} too few to learn from on ${counted(because.clusters, "cluster")}`;
    case "sampling-too-dear":
      return `the least that a machine is rented for costs ${money(because.least)}, sampling may cost ${money(because.money)}`;
    case "sample-sized":
      return `${counted(because.tasks, "task")} in the bag${pairsText(because)}${leftOutText(because)}`;
    case "sampling-begins":
      return `sampling begins with at most ${percent(because.share)} of the budget and one machine a cluster`;
    case "sampling":
      return "the sample is being run";
    case "told":
      return "how long tasks take was told beforehand";
    case "cluster-unseen":
      return `a cluster has shown too little and has no machine; ${money(because.free)} may still go into sampling`;
    case "enough-sampled":
      return `${formatCount(because.over)} of the first ${formatCount(because.handedOut)} tasks have ended, and every cluster has shown its speed`;
    case "sampling-took-too-long":
      return `waited ${time(because.waited)} for the last of the sample, the limit is ${time(because.limit)}`;
    case "sampling-money-used":
      return "half of the budget, the most that may go into sampling, is used";
    default:
      return undefined;
  }
}

const estimateText = (because: AnyBecause): string | undefined =>
  because.kind === "tasks-take-another-time"
    ? `its last ${counted(because.results, "task")} took ${time(because.took)} each, those before ${time(because.before)}`
    : undefined;

/** Only where there are fewer pairs than would be good; how many there are is said with the sample itself. */
function pairsText({ pairsWanted, pairsAllowed }: SampleSized): string {
  if (pairsAllowed >= pairsWanted) return "";
  return pairsAllowed === 0
    ? "; none of them is run on every cluster to compare these, as none may run twice (--replicable)"
    : `; ${formatCount(pairsWanted)} would be run on every cluster to compare these, but only ${formatCount(pairsAllowed)} may run twice (--replicable)`;
}

type SampleSized = Extract<AnyBecause, { readonly kind: "sample-sized" }>;

/** The first of them by name, and how many more. */
function leftOutText({ leftOut, tooMany = 0, leftOutFirst = [] }: SampleSized): string {
  if (leftOut === 0) return "";
  const unnamed = leftOut - leftOutFirst.length;
  const named = leftOutFirst.join(", ") + (unnamed > 0 ? ` and ${formatCount(unnamed)} more` : "");
  const who = leftOutFirst.length === 0 ? counted(leftOut, "cluster") : named;
  if (tooMany === 0) return `; ${who} left out, as a first unit is too dear to try`;
  const dear = leftOut > tooMany ? ` (${formatCount(leftOut - tooMany)} too dear to try)` : "";
  return `; ${who} left out, as each cluster that is tried costs copies of tasks${dear}`;
}

function offerText(because: AnyBecause): string | undefined {
  switch (because.kind) {
    case "sampling-is-over":
      return "sampling is over";
    case "offers-are-old":
      return `the offers are ${time(because.age)} old, the limit is ${time(because.limit)}`;
    case "offers-are-in":
      return offersText(because);
    case "picked":
      return because.by === "person"
        ? `you picked ${because.pick}`
        : `${because.pick} was picked by ${because.by === "yes" ? "--yes" : "--choose"}`;
    case "nothing-to-choose":
      return "there is nothing to choose from";
    case "nothing-learnt":
      return `how long tasks take is not known, as all that ended failed (${formatCount(because.failed)})`;
    case "spend-what-there-is":
      return `the money buys about ${counted(because.tasks, "task")}; the whole bag needs about ${money(because.needed)}`;
    default:
      return undefined;
  }
}

/** Of the plans worth looking at some are the picks of more than one offer, others of none. */
function offersText({ plans, offered = plans }: Extract<OfferBecause, { kind: "offers-are-in" }>): string {
  if (offered === 0 && plans > 0)
    return `none of ${counted(plans, "plan")} is likely to end within the budget`;
  const some = offered < plans ? `${formatCount(offered)} of ` : "";
  return `${some}${counted(plans, "plan")} that no other beats in both time and cost`;
}

function runText(because: AnyBecause): string | undefined {
  switch (because.kind) {
    case "self-scheduled":
      return "it was idle";
    case "plan-wants":
      return `the plan wants ${formatCount(because.wanted)}, there are ${formatCount(because.have)}`;
    case "plan-wants-fewer":
      return `the plan wants ${formatCount(because.wanted)}, there are ${formatCount(because.have)}; its owed time ends first`;
    case "spend-the-rest":
      return `${formatCount(because.waiting)} tasks wait, no machine is there, ${money(because.free)} is free`;
    case "budget-holds-more":
      return `the budget of ${money(because.budget)} holds more than the cheapest way, about ${money(because.cheapest)}`;
    case "best-buy":
      return because.clusters > 1
        ? "no cluster does a task for less, whatever will be picked"
        : "this cluster does a task for least, whatever will be picked";
    case "still-wanted":
      return because.left === undefined
        ? "it is still wanted"
        : `it is still wanted, about ${time(because.left)} to go`;
    case "last-of-the-money":
      return `it is still wanted, and this is what ${because.free === null ? "there" : money(because.free)} still buys of it`;
    case "finishing-its-tasks":
      return `it still runs ${counted(because.active, "task")}, dearer to run again than to finish`;
    case "no-money-for-it":
      return `keeping it costs ${money(because.needed)}, ${money(because.free)} may be spent ${because.sampling === true ? "while sampling" : "now"}`;
    case "nothing-to-do-here":
      return because.waiting > 0
        ? "it is on its way out, and what is left of its paid time is too short for a task that waits"
        : "nothing waits and nothing runs on it";
    case "others-end-it-sooner":
      return `the others end what waits (${counted(because.waiting, "task")}) sooner`;
    case "no-hello":
      return `it has not said hello for ${time(because.waited)}, the limit is ${time(because.limit)}`;
    case "run-is-paused":
      return "the run is paused, and nothing runs on it";
    case "lease-is-over":
      return because.endsIn === undefined
        ? "what was paid for it is over"
        : `what was paid for it ends in ${time(because.endsIn)}, and ending it may take as long`;
    case "run-is-over":
      return "the run is over";
    case "delivers-less":
      return `${formatCount(because.failed)} launches in a row failed; ${formatCount(because.have)} machines are there`;
    default:
      return undefined;
  }
}

const CHANGES = {
  "budget-added": "the budget was raised",
  "price-changed": "a price changed",
  "bag-extended": "an edited bag brought new tasks",
  "machines-lost": "a machine was lost",
  "nothing-left": "no machine is left",
  resumed: "the run was resumed",
  unpaused: "the run goes on after a pause",
} as const;

/** A plan that stays although its end within the budget is less likely than not: there is none that does better. */
export const keepsForWant = (because: { readonly kind: string }): boolean =>
  because.kind === "as-promised" && (because as AsPromised).pWithinBudget < LIKELY;

type AsPromised = Extract<AnyBecause, { kind: "as-promised" }>;
const LIKELY = 0.5;

function reviewText(because: AnyBecause): string | undefined {
  switch (because.kind) {
    case "review-is-due":
      return `a review is due every ${time(because.every)}`;
    case "fleet-changed":
      return CHANGES[because.what];
    case "behind":
      return (
        `behind: would end in ${time(because.endsIn)}${promisedText(because)}; ` +
        `this way in ${time(because.betterEndsIn)} (${formatShare(because.pWithinBudget)} sure of the budget before)`
      );
    case "too-dear":
      return `would cost ${money(because.cost)}, the pick's limit is ${money(because.limit)}; this way ${money(because.betterCost)}`;
    case "ahead":
      return (
        `saves: would cost ${money(because.cost)}, this way ${money(because.betterCost)}; ` +
        `ends in ${time(because.betterEndsIn)} instead of ${time(because.endsIn)}`
      );
    case "as-promised":
      return keepsForWant(because)
        ? `this one would end in ${time(because.endsIn)}, but the budget will probably run out before (${formatShare(because.pWithinBudget)} sure to last)`
        : `ends in ${time(because.endsIn)}${promisedText(because)}, ${formatShare(because.pWithinBudget)} sure of the budget`;
    case "money-is-short":
      return `${formatShare(because.pWithinBudget)} sure to end within the budget at ${counted(because.reviews, "review")}, ${percent(because.least)} is the least`;
    default:
      return undefined;
  }
}

/** What was promised for a time that has passed is told by how late it comes. */
function promisedText({ endsIn, promisedIn }: Pick<AsPromised, "endsIn" | "promisedIn">): string {
  if (promisedIn === undefined) return "";
  if (promisedIn >= 0) return `, promised within ${time(promisedIn)}`;
  return endsIn >= NEVER
    ? `, promised ${time(promisedIn)}`
    : `, ${time(endsIn - promisedIn)} later than promised`;
}

/** Agents hold more tasks than they have slots for. */
function stillRun({ running, next = 0 }: { readonly running: number; readonly next?: number }): string {
  const now = `${counted(running, "task")} still ${running === 1 ? "runs" : "run"}`;
  return next === 0
    ? now
    : `${now}, ${formatCount(next)} more ${next === 1 ? "is" : "are"} next on their machines`;
}

function tailText(because: AnyBecause): string | undefined {
  switch (because.kind) {
    case "nothing-waits":
      return `${(because.next ?? 0) === 0 ? "nothing waits" : "all tasks are handed out"}, ${stillRun(because)}`;
    case "rest-is-taken":
      return `what waits (${counted(because.waiting, "task")}) ends sooner on machines that are at work, ${stillRun(because)}`;
    case "copy-ends-sooner":
      return (
        `it ends in ${time(because.here)} with a copy, in ${time(because.remaining)} on ${because.from} alone; ` +
        (because.paidBy.kind === "owed-time"
          ? "its time is paid already"
          : `${money(because.paidBy.cost)} of the cushion's ${money(because.paidBy.left)}`)
      );
    case "another-was-first":
      return "another attempt was first";
    default:
      return undefined;
  }
}
