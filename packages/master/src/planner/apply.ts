/**
 * The one door: nothing else changes a run. The same records always give the same run; each costs O(1) or
 * O(machines), never O(tasks). Which room a record belongs to is all that stands here.
 */
import { unreachable } from "@stint/shared/invariant.js";
import { applyAttemptDecision, applyAttemptEvent, endWaits } from "./attempts/apply-attempts.js";
import { reopenFailed } from "./attempts/reopen-failed.js";
import { settleMachine } from "./attempts/settle-machine.js";
import type { StartAttempts } from "./attempts/records.js";
import { extendBag } from "./extend-bag.js";
import { headline } from "./headline.js";
import { applyChange, noteLook } from "./estimate/drift.js";
import { noteObservations } from "./estimate/note-observations.js";
import { tell } from "./estimate/tell.js";
import { applyMachineDecision, applyMachineEvent, changePrice } from "./machines/apply-machines.js";
import { addBudget } from "./money/apply-money.js";
import type { PriceChanged } from "./money/records.js";
import { applyOfferDecision, applyOfferEvent } from "./offer/apply-offer.js";
import { applyReviewDecision, applyReviewEvent, scheduleReviews } from "./reevaluate/apply-review.js";
import { noteReport } from "./report/report-state.js";
import { applyPause, applyUnpause } from "./pause.js";
import type { Decision, RunEvent } from "./records.js";
import { wantedNow } from "./run/reconcile.js";
import type { Run } from "./run-state.js";
import { applySampleDecision, noteClosed, noteStarts } from "./sample/apply-sample.js";
import { applyTailDecision, noteCopies, noteWinners } from "./tail/apply-tail.js";
import { applyBeginStopping, applyEndRun, applyResumed } from "./wind-up.js";

/** Takes note of what happened. */
export function applyEvent(run: Run, event: RunEvent): void {
  run.at = event.at > run.at ? event.at : run.at;
  run.closedAttempts = [];
  run.closedMachines = [];
  endWaits(run);
  applyToItsRoom(run, event);
  if (run.closedAttempts.length > 0) {
    noteClosed(run);
    noteObservations(run);
    noteWinners(run);
  }
  noteReport(run);
}

function applyToItsRoom(run: Run, event: RunEvent): void {
  switch (event.kind) {
    case "run-began":
      run.beganAt = event.at;
      run.begun = true;
      run.paused = false;
      return;
    case "time-passed":
    case "stop-asked":
      return;
    case "pause-asked":
      return applyPause(run);
    case "unpause-asked":
      return applyUnpause(run);
    case "retry-asked":
      return reopenFailed(run);
    case "resumed":
      if (event.bagSize !== undefined) extendBag(run, event.bagSize);
      return applyResumed(run, event);
    case "budget-added":
      run.review.urgent = "budget-added";
      return addBudget(run, event);
    case "price-changed":
      return priceChanged(run, event);
    case "machine-gone":
      return machineGone(run, event.machine);
    case "machine-launched":
    case "machine-launch-failed":
    case "machine-ready":
    case "machine-silent":
    case "machine-back":
      return applyMachineEvent(run, event);
    case "tasks-wanted":
    case "attempts-ended":
      return applyAttemptEvent(run, event);
    case "offers-computed":
    case "offer-picked":
    case "choice-refused":
      return applyOfferEvent(run, event);
    case "review-computed":
      return applyReviewEvent(run, event);
    default:
      return unreachable(event);
  }
}

/** A price that moves by less than this is seen soon enough by the next review. */
const PRICE_MOVE = 0.1;

function priceChanged(run: Run, event: PriceChanged): void {
  const before = run.settings.clusters[event.cluster]?.tariff.price ?? event.price;
  changePrice(run, event);
  if (run.phase === "running" && Math.abs(event.price - before) > PRICE_MOVE * before)
    run.review.urgent ??= "price-changed";
}

function machineGone(run: Run, id: Parameters<typeof run.machines.live.get>[0]): void {
  const machine = run.machines.live.get(id);
  if (machine === undefined) return;
  const expected = machine.state === "releasing" || machine.leaving || machine.lapsing;
  if (!expected && run.phase === "running") run.review.urgent ??= "machines-lost";
  settleMachine(run, machine, run.at);
}

/** Takes note of what was decided. */
export function applyDecision(run: Run, decision: Decision): void {
  applyDecisionToItsRoom(run, decision);
  const text = headline(decision, run.settings.clusters);
  if (text !== undefined) run.lastDecision = { at: run.at, text };
}

function applyDecisionToItsRoom(run: Run, decision: Decision): void {
  switch (decision.kind) {
    case "rent-machine":
      run.report.firstRentAt ??= run.at;
      run.sample.grown ||= decision.because.kind === "budget-holds-more";
      applyMachineDecision(run, decision);
      return noteRent(run, decision.cluster);
    case "renew-machine":
    case "mark-leaving":
    case "keep-machine":
    case "release-machine":
    case "let-lapse":
    case "limit-cluster":
      return applyMachineDecision(run, decision);
    case "start-attempts":
      return start(run, decision);
    case "cancel-attempts":
      return applyAttemptDecision(run, decision);
    case "plan-sample":
      return applySampleDecision(run, decision);
    case "end-sampling":
      run.phase = "choosing";
      if (run.settings.told !== undefined) tell(run.estimate, run.settings.told);
      return applySampleDecision(run, decision);
    case "ask-offers":
    case "show-offers":
    case "accept-offer":
    case "begin-unoffered":
    case "spend-anyway":
      applyOfferDecision(run, decision);
      return scheduleReviews(run);
    case "change-speed":
      return applyChange(run, decision);
    case "ask-review":
      noteLook(run);
      return applyReviewDecision(run, decision);
    case "adopt-plan":
    case "keep-plan":
    case "call-short":
      return applyReviewDecision(run, decision);
    case "begin-tail":
      return applyTailDecision(run, decision);
    case "begin-stopping":
      return applyBeginStopping(run, decision);
    case "end-run":
      return applyEndRun(run, decision);
    default:
      return unreachable(decision);
  }
}

/** Machines that were rented beside the plan, to spend what is left, are wanted from then on. */
function noteRent(run: Run, cluster: number): void {
  const { offer } = run;
  const wanted = wantedNow(run);
  if (run.phase !== "running" || wanted === undefined) return;
  const have = [...run.machines.live.values()].filter(
    (machine) => machine.cluster === cluster && machine.state !== "releasing" && !machine.leaving,
  ).length;
  if (have <= (wanted[cluster] ?? 0)) return;
  if (wanted === offer.wanted) offer.wanted = wanted.with(cluster, have);
  else if (offer.later !== undefined)
    offer.later = { ...offer.later, configuration: wanted.with(cluster, have) };
}

function start(run: Run, decision: StartAttempts): void {
  if (run.phase === "sampling") noteStarts(run, decision);
  applyAttemptDecision(run, decision);
  noteCopies(run, decision);
}
