/** The four offers' names as a person reads them, and which of them are different plans. */
import type { OfferDocument } from "@stint/shared/api/summary.js";
import type { OfferWord } from "@stint/shared/api/words.js";

const TITLES: Readonly<Record<OfferWord, string>> = {
  cheapest: "Cheapest",
  "cheapest+20": "Cheapest + 20 %",
  "fastest-20": "Fastest − 20 %",
  fastest: "Fastest",
};

export const offerTitle = (name: OfferWord): string => TITLES[name];

/** Numbered from 1 in this order, everywhere. */
export const distinctOffers = (offers: readonly OfferDocument[]): OfferDocument[] =>
  offers.filter(({ same_as }) => same_as === null);

export const sameAs = (offers: readonly OfferDocument[], name: OfferWord): string[] =>
  offers.filter(({ same_as }) => same_as === name).map((offer) => offerTitle(offer.name));

export const isChosen = (
  offer: OfferDocument,
  chosen: OfferWord | null,
  offers: readonly OfferDocument[],
): boolean =>
  chosen !== null &&
  (offer.name === chosen || offers.some(({ name, same_as }) => name === chosen && same_as === offer.name));
