/**
 * Which offer does the person at the terminal pick? A prompt with arrow keys that goes away by itself when its
 * signal is aborted, as the offers are computed anew or the run is stopped.
 */
import type { Readable, Writable } from "node:stream";
import { isCancel, select } from "@clack/prompts";
import { formatMoneyRange, formatShare, formatTimeRange, decimalsForScale } from "@stint/shared/format.js";
import { shorter, type Duration, type MicroUsd } from "@stint/shared/units.js";
import type { Offer, Offers } from "../../planner/offer/records.js";
import type { OfferName } from "../../planner/vocabulary/settings.js";
import { PRESELECTED } from "./offer-table.js";

export interface AskStreams {
  readonly input: Readable;
  readonly output: Writable;
  /** Nothing of it is real, and whoever picks should know. */
  readonly imagined?: boolean;
}

/** The pick; undefined when the prompt was left (Ctrl-C, Escape) or its signal aborted. */
export async function askOffer(
  { offers }: Pick<Offers, "offers">,
  signal: AbortSignal,
  streams: AskStreams,
): Promise<OfferName | undefined> {
  const first = offers.find(({ name }) => name === PRESELECTED) ?? offers[0];
  if (first === undefined || signal.aborted) return undefined;
  const nameWidth = Math.max(...offers.map(({ name }) => name.length));
  const scale: Scale = {
    time: offers.map(({ time }) => time.p90).reduce(shorter),
    decimals: decimalsForScale(Math.max(...offers.map(({ cost }) => cost.p90)) as MicroUsd),
  };
  const answered = select<OfferName>({
    message: streams.imagined === true ? "Which offer? (imagined: nothing is rented)" : "Which offer?",
    options: offers.map((offer) => ({
      value: offer.name,
      label: `${offer.name.padEnd(nameWidth)}  ${inShort(offer, scale)}`,
    })),
    initialValue: first.name,
    signal,
    input: streams.input,
    output: streams.output,
  });
  // A signal that comes while the prompt is being put up is missed by it.
  const answer = await Promise.race([answered, whenAborted(signal)]);
  return answer === undefined || isCancel(answer) ? undefined : answer;
}

const whenAborted = (signal: AbortSignal): Promise<undefined> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve(undefined);
    else signal.addEventListener("abort", () => resolve(undefined), { once: true });
  });

/** The table's, so that the two can be compared. */
interface Scale {
  readonly time: Duration;
  readonly decimals: number;
}

function inShort({ time, cost, sameAs, risky, pWithinBudget }: Offer, scale: Scale): string {
  if (sameAs !== undefined) return `same as ${sameAs}`;
  const words = [formatTimeRange(time, scale.time)];
  if (cost.p90 > 0) words.push(formatMoneyRange(cost, scale.decimals));
  if (risky) words.push(`only ${formatShare(pWithinBudget)} sure`);
  return words.join(" · ");
}
