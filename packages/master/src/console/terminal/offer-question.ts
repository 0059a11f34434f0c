/**
 * Whom to ask for a choice, and when? Each set of offers is asked about once; the question goes away by itself
 * when the run no longer waits for an answer.
 */
import type { Audience } from "../../drive/ports.js";
import type { Offers } from "../../planner/offer/records.js";
import { awaitsChoice } from "../../planner/view-promise.js";
import type { OfferName } from "../../planner/vocabulary/settings.js";

export type SeenRun = Parameters<Audience["seen"]>[1];

/** Resolves to the pick; to undefined when nobody chooses, or the signal was aborted. */
export type Ask = (offers: Offers, signal: AbortSignal) => Promise<OfferName | undefined>;

export interface OfferQuestion {
  /** Asks when this run waits for a choice. */
  look(run: SeenRun): void;
  withdraw(): void;
}

/** @param onChoice called once for each question that was not withdrawn */
export function offerQuestion(ask: Ask, onChoice: (pick: OfferName | undefined) => void): OfferQuestion {
  let asked: Offers | undefined;
  let open: AbortController | undefined;
  const withdraw = (): void => {
    open?.abort();
    open = undefined;
  };
  const put = async (offers: Offers): Promise<void> => {
    const mine = new AbortController();
    open = mine;
    const pick = await ask(offers, mine.signal);
    if (open === mine) open = undefined;
    if (!mine.signal.aborted) onChoice(pick);
  };
  return {
    look(run) {
      const offers = awaitingChoice(run);
      if (offers === undefined) {
        withdraw();
        return;
      }
      if (offers === asked) return;
      withdraw();
      asked = offers;
      void put(offers);
    },
    withdraw,
  };
}

const awaitingChoice = (run: SeenRun): Offers | undefined =>
  awaitsChoice(run) ? run.offer.offers : undefined;
