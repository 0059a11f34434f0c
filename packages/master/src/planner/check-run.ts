/**
 * Did a run keep its laws? An independent witness that reads frames, live or from a journal, and reports each law
 * that does not hold. It shares no code with the planner, costs O(1) a record, and never stops a run.
 */
import { unreachable } from "@stint/shared/invariant.js";
import { checkEnd } from "./check/end-laws.js";
import { seeMachineDecision, seeMachineEvent } from "./check/machine-laws.js";
import { checkMoney } from "./check/money-laws.js";
import { forgiveFailed, seeCancels, seeResults, seeStarts } from "./check/task-laws.js";
import {
  breaks,
  newWitness,
  seeGrowth,
  type TaskRules,
  type Violation,
  type Witness,
} from "./check/witness.js";
import type { Decision, Frame, RunEvent } from "./records.js";
import type { RunSettings } from "./vocabulary/settings.js";

export interface Checker {
  /** The next frame, in order, none left out. Returns what it broke; usually nothing. */
  check(frame: Frame): readonly Violation[];
  /** After the last frame of a run that has ended. */
  finish(): readonly Violation[];
}

/**
 * @param settings as in the run's first event
 * @param rules what the bag says of its tasks; laws about what is absent are not checked
 */
export function createChecker(settings: RunSettings, bagSize: number, rules: TaskRules = {}): Checker {
  const seen = newWitness(settings, bagSize, rules);
  return {
    check(frame) {
      seen.frame += 1;
      seen.at = frame.event.at > seen.at ? frame.event.at : seen.at;
      seeEvent(seen, frame.event);
      checkMoney(seen, frame.event.kind);
      for (const decision of frame.decisions) {
        seeDecision(seen, decision);
        checkMoney(seen, decision.kind);
      }
      return taken(seen);
    },
    finish() {
      checkEnd(seen);
      return taken(seen);
    },
  };
}

function taken(seen: Witness): readonly Violation[] {
  const { found } = seen;
  if (found.length > 0) seen.found = [];
  return found;
}

function seeEvent(seen: Witness, event: RunEvent): void {
  switch (event.kind) {
    case "machine-launched":
    case "machine-launch-failed":
    case "machine-ready":
    case "machine-silent":
    case "machine-back":
    case "machine-gone": {
      seeMachineEvent(seen, event);
      return;
    }
    case "attempts-ended": {
      seeResults(seen, event);
      return;
    }
    case "budget-added":
      seen.budget += BigInt(event.amount);
      return;
    case "price-changed":
      seen.prices[event.cluster] = BigInt(event.price);
      return;
    case "retry-asked": {
      forgiveFailed(seen);
      return;
    }
    case "resumed": {
      if (event.bagSize !== undefined) seeGrowth(seen, event.bagSize);
      if (event.droppedBytes !== undefined) seen.lostRecords = true;
      seeResumed(seen);
      return;
    }
    case "pause-asked":
    case "unpause-asked":
      seen.paused = event.kind === "pause-asked" && !seen.stopping;
      return;
    case "run-began":
      seen.paused = false;
      return;
    case "time-passed":
    case "stop-asked":
    case "tasks-wanted":
    case "offers-computed":
    case "offer-picked":
    case "choice-refused":
    case "review-computed":
      return;
    default:
      return unreachable(event);
  }
}

/** Whoever was connected must be heard again before anything is given to it. */
function seeResumed(seen: Witness): void {
  for (const machine of seen.machines.values()) {
    machine.silent = true;
    machine.unheard = true;
  }
  seen.stopping = false;
  seen.paused = false;
}

function seeDecision(seen: Witness, decision: Decision): void {
  if (!saysWhy(decision)) breaks(seen, "decisions-say-why", `${decision.kind} gives no reason`);
  // A run that was taken up again and orders something has not ended.
  if (!seen.stopping) seen.ended = undefined;
  switch (decision.kind) {
    case "rent-machine":
    case "renew-machine":
    case "mark-leaving":
    case "keep-machine":
    case "release-machine":
    case "let-lapse":
    case "limit-cluster": {
      seeMachineDecision(seen, decision);
      return;
    }
    case "start-attempts": {
      seeStarts(seen, decision);
      return;
    }
    case "plan-sample":
      seen.sampling = true;
      return;
    case "end-sampling":
    case "begin-unoffered":
      seen.sampling = false;
      return;
    case "begin-stopping":
      seen.stopping = true;
      seen.paused = false;
      return;
    case "end-run":
      seen.stopping = true;
      seen.ended = decision.state;
      return;
    case "cancel-attempts": {
      seeCancels(seen, decision);
      return;
    }
    case "ask-offers":
    case "show-offers":
    case "accept-offer":
    case "spend-anyway":
    case "ask-review":
    case "adopt-plan":
    case "keep-plan":
    case "call-short":
    case "change-speed":
    case "begin-tail":
      return;
    default:
      return unreachable(decision);
  }
}

/** A journal is read from a file: its types are what it says they are only if this holds. */
function saysWhy(decision: { readonly because?: { readonly kind?: unknown } }): boolean {
  const kind = decision.because?.kind;
  return typeof kind === "string" && kind !== "";
}
