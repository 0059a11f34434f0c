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

export const distinctOffers = (offers: readonly OfferDocument[]): OfferDocument[] =>
  offers.filter(({ same_as }) => same_as === null);

/** Its place among the four, from 1, as in a terminal; of a plan with several names the first one's. */
export const numberOf = (offers: readonly OfferDocument[], name: OfferWord): number =>
  offers.findIndex((offer) => offer.name === name) + 1;

/** The plan that goes by this number; any of its numbers will do. */
export function numbered(offers: readonly OfferDocument[], number: number): OfferDocument | undefined {
  const named = offers[number - 1];
  return named?.same_as === null ? named : offers.find(({ name }) => name === named?.same_as);
}

export const sameAs = (offers: readonly OfferDocument[], name: OfferWord): string[] =>
  offers.filter(({ same_as }) => same_as === name).map((offer) => offerTitle(offer.name));

export const isChosen = (
  offer: OfferDocument,
  chosen: OfferWord | null,
  offers: readonly OfferDocument[],
): boolean =>
  chosen !== null &&
  (offer.name === chosen || offers.some(({ name, same_as }) => name === chosen && same_as === offer.name));
