/**
 * Which offer does the person at the terminal pick? By arrow keys or its number; the prompt goes away by itself when
 * its signal is aborted, as the offers are computed anew or the run is stopped.
 */
import type { Readable, Writable } from "node:stream";
import { isCancel, SelectPrompt } from "@clack/core";
import type { Offers } from "../../planner/offer/records.js";
import type { OfferName } from "../../planner/vocabulary/settings.js";
import { inkOf, type Ink } from "./ink.js";
import { ALL_LETTERS, type Letters } from "./letters.js";
import { promptLines, type PromptState } from "./offer-prompt.js";
import { PRESELECTED } from "./offer-table.js";

export interface AskStreams {
  readonly input: Readable;
  readonly output: Writable & { readonly columns?: number; readonly rows?: number };
  readonly ink?: Ink;
  readonly letters?: Letters;
  /** Nothing of it is real, and whoever picks should know. */
  readonly imagined?: boolean;
}

const COLUMNS = 80;
const ROWS = 24;

type Prompt = SelectPrompt<{ readonly value: OfferName }>;

/** The pick; undefined when the prompt was left (Ctrl-C, Escape) or its signal aborted. */
export async function askOffer(
  offered: Pick<Offers, "offers" | "frontier">,
  signal: AbortSignal,
  streams: AskStreams,
): Promise<OfferName | undefined> {
  const { offers } = offered;
  const first = offers.find(({ name }) => name === PRESELECTED) ?? offers[0];
  if (first === undefined || signal.aborted) return undefined;
  const { letters = ALL_LETTERS } = streams;
  const prompt: Prompt = new SelectPrompt({
    options: offers.map(({ name }) => ({ value: name })),
    initialValue: first.name,
    signal,
    input: streams.input,
    output: streams.output,
    render() {
      return letters(promptLines(offered, stateOf(this), lookOf(streams)).join("\n"));
    },
  });
  prompt.on("key", (key) => {
    const offer = /^[1-9]$/u.test(key ?? "") ? offers[Number(key) - 1] : undefined;
    if (offer === undefined) return;
    prompt.cursor = offers.indexOf(offer);
    prompt.value = offer.name;
  });
  // A signal that comes while the prompt is being put up is missed by it.
  const answer = await Promise.race([prompt.prompt(), whenAborted(signal)]);
  return answer === undefined || isCancel(answer) ? undefined : answer;
}

function stateOf({ cursor, state }: Pick<Prompt, "cursor" | "state">): PromptState {
  if (state === "submit") return { cursor, state: "picked" };
  return { cursor, state: state === "cancel" ? "left" : "open" };
}

const lookOf = ({
  output,
  ink = inkOf(false),
  imagined = false,
}: AskStreams): Parameters<typeof promptLines>[2] => ({
  columns: output.columns ?? COLUMNS,
  rows: output.rows ?? ROWS,
  ink,
  imagined,
});

const whenAborted = (signal: AbortSignal): Promise<undefined> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve(undefined);
    else signal.addEventListener("abort", () => resolve(undefined), { once: true });
  });
