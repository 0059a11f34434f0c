/** A run: the parts of all rooms together. Changed by `apply` alone. */
import type { Instant } from "@stint/shared/units.js";
import { newAttempts } from "./attempts/attempts.js";
import { newEstimate } from "./estimate/estimate.js";
import { newMachines } from "./machines/machines.js";
import { newMoney } from "./money/ledger.js";
import { newOfferState } from "./offer/offer-state.js";
import { newReviewState } from "./reevaluate/review-state.js";
import { newReportState, type ReportRun } from "./report/report-state.js";
import { newSample } from "./sample/sample.js";
import { newTailState } from "./tail/tail-state.js";
import type { EndState } from "./vocabulary/phase.js";
import type { BagShape, RunSettings } from "./vocabulary/settings.js";
import type { Because } from "./vocabulary/because.js";

/** What a run is winding up to, and since when. */
export interface Stopping {
  readonly state: EndState;
  readonly now: boolean;
  readonly since: Instant;
  readonly because: Because;
}

export interface Run extends ReportRun {
  /** It has been begun: before that nothing is decided, whatever is heard, as of prices. */
  begun: boolean;
  stopping: Stopping | undefined;
  endState: EndState | undefined;
  /** The earliest instant at which some machine's lease needs a look; earlier than true is harmless. */
  leasesDue: Instant | undefined;
  /** The newest decision that a person would like to hear of. */
  lastDecision: { readonly at: Instant; readonly text: string } | undefined;
}

/**
 * A run at its very beginning, before its first event.
 * @param shape the bag without its commands
 */
export function newRun(settings: RunSettings, shape: BagShape, at: Instant): Run {
  return {
    shape,
    settings,
    at,
    beganAt: at,
    begun: false,
    phase: "sampling",
    paused: false,
    resumesAs: "sampling",
    money: newMoney(settings.budget),
    machines: newMachines(settings.clusters),
    attempts: newAttempts(shape.size, settings.seed),
    closedAttempts: [],
    closedMachines: [],
    sample: newSample(),
    estimate: newEstimate(settings.clusters.length),
    offer: newOfferState(),
    review: newReviewState(),
    tail: newTailState(),
    report: newReportState(settings.clusters.length),
    stopping: undefined,
    endState: undefined,
    leasesDue: undefined,
    lastDecision: undefined,
  };
}
