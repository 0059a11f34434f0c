/** The offers side by side, in numbers. */
import type { JSX } from "preact";
import type { OfferDocument } from "@stint/shared/api/summary.js";
import type { OfferWord } from "@stint/shared/api/words.js";
import { machinesIn, share } from "../words/count.js";
import { usdRange } from "../words/money.js";
import { spanRange } from "../words/time.js";
import { distinctOffers, isChosen, numberOf, offerTitle, sameAs } from "./offer-words.js";

export function OfferTable({ offers, chosen, looked, look, pick }: OfferTableProps): JSX.Element {
  const scale = {
    time: Math.max(...offers.map(({ time_s }) => time_s.p90)),
    cost: Math.max(...offers.map(({ cost_usd }) => cost_usd.p90)),
  };
  return (
    <ol class="offer-list">
      {distinctOffers(offers).map((offer) => {
        const taken = isChosen(offer, chosen, offers);
        const classes = `offer ${taken ? "taken" : ""} ${looked === offer.name ? "looked" : ""}`;
        const words = (
          <OfferWords
            offer={offer}
            number={numberOf(offers, offer.name)}
            taken={taken}
            same={sameAs(offers, offer.name)}
            scale={scale}
          />
        );
        const eyes = {
          onMouseEnter: () => look(offer.name),
          onMouseLeave: () => look(undefined),
          onFocus: () => look(offer.name),
          onBlur: () => look(undefined),
        };
        return (
          <li key={offer.name}>
            {pick === undefined ? (
              <div class={classes} {...eyes}>
                {words}
              </div>
            ) : (
              <button type="button" class={classes} {...eyes} onClick={() => pick(offer)}>
                {words}
              </button>
            )}
          </li>
        );
      })}
    </ol>
  );
}

interface OfferTableProps {
  readonly offers: readonly OfferDocument[];
  readonly chosen: OfferWord | null;
  readonly looked: string | undefined;
  readonly look: (name: string | undefined) => void;
  /** Absent where nothing can be picked. */
  readonly pick: ((offer: OfferDocument) => void) | undefined;
}

const OfferWords = ({ offer, number, taken, same, scale }: OfferWordsProps): JSX.Element => (
  <>
    <span class="offer-number" aria-hidden="true">
      {number}
    </span>
    <span class="offer-name">
      {offerTitle(offer.name)}
      {same.length > 0 ? <span class="quiet"> and {same.join(", ")}</span> : null}
      {taken ? <span class="badge good">picked</span> : null}
    </span>
    <span class="offer-time">
      <span class="hidden-word">takes </span>
      {spanRange(offer.time_s, scale.time)}
    </span>
    <span class="offer-cost">
      <span class="hidden-word">, costs </span>
      {usdRange(offer.cost_usd, scale.cost)}
    </span>
    <span class="offer-machines quiet">
      <span class="hidden-word">, on </span>
      {machinesIn(offer.machines)}
      {offer.machines_later === null ? "" : `, later ${machinesIn(offer.machines_later)}`}
    </span>
    <span class="offer-chance quiet">
      {share(offer.p_within_budget)} within budget{offer.calibrated ? "" : ", not calibrated"}
    </span>
  </>
);

interface OfferWordsProps {
  readonly offer: OfferDocument;
  readonly number: number;
  readonly taken: boolean;
  readonly same: readonly string[];
  readonly scale: { readonly time: number; readonly cost: number };
}
