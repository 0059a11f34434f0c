/** What offers, picks and acceptance change. */
import { after, NO_MONEY, NO_TIME } from "@stint/shared/units.js";
import type { Plan, OfferDecision, OfferEvent, Offer } from "./records.js";
import { othersUntil } from "./while-choosing.js";
import type { OfferRun } from "./offer-state.js";

export function applyOfferEvent(run: OfferRun, event: OfferEvent): void {
  const { offer } = run;
  switch (event.kind) {
    case "offers-computed":
      if (event.question === offer.awaited) offer.awaited = undefined;
      return;
    case "offer-picked":
      if (offer.accepted === undefined) offer.pendingPick = event.pick;
      return;
    case "choice-refused":
      offer.refused = true;
      return;
  }
}

export function applyOfferDecision(run: OfferRun, decision: OfferDecision): void {
  const { offer } = run;
  switch (decision.kind) {
    case "ask-offers":
      offer.questions = decision.question;
      offer.awaited = decision.question;
      return;
    case "show-offers":
      offer.offers = decision.offers;
      offer.shownAt = run.at;
      offer.othersUntil = othersUntil(run, decision.offers);
      return;
    case "accept-offer":
      accept(run, decision.offer);
      return;
    case "begin-unoffered":
      beginPromise(run);
      offer.wanted = decision.configuration;
      run.phase = "running";
      return;
    case "spend-anyway":
      enforce(run, decision.plan);
      beginPromise(run);
      run.phase = "running";
      return;
  }
}

function accept(run: OfferRun, picked: Offer): void {
  const { offer, money } = run;
  enforce(run, picked);
  offer.accepted = picked;
  beginPromise(run);
  offer.pendingPick = undefined;
  offer.limit = picked.cost.p90;
  if (run.settings.strict) money.hardLimit = picked.cost.p90;
  money.cushion = run.settings.without.includes("cushion") ? NO_MONEY : picked.cushion.cost;
  run.phase = "running";
}

function beginPromise({ at, offer }: OfferRun): void {
  offer.acceptedAt = at;
  offer.stoodSince = NO_TIME;
}

/** What was begun without an offer was begun for another bag. */
export function forgetBeginning({ offer }: OfferRun): void {
  offer.acceptedAt = undefined;
  offer.wanted = undefined;
  offer.later = undefined;
}

/** From here on this plan's machines are wanted. */
export function enforce(run: OfferRun, plan: Plan): void {
  run.offer.wanted = plan.configuration;
  run.offer.later =
    plan.later === undefined
      ? undefined
      : { at: after(run.at, plan.later.after), configuration: plan.later.configuration };
  run.offer.inForce = plan;
  run.offer.forecastAt = run.at;
}
