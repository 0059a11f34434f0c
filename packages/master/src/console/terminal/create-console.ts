/**
 * The run on a terminal, or as lines where there is none: it shows, announces and asks, and decides nothing. A
 * terminal that is lost is no longer written to, and the run goes on.
 */
import type { Writable } from "node:stream";
import { between, type Instant } from "@stint/shared/units.js";
import type { Audience } from "../../drive/ports.js";
import type { Summary } from "../../planner/report/summary.js";
import type { RunView } from "../../planner/view.js";
import type { OfferName } from "../../planner/vocabulary/settings.js";
import { announcements, type Headline } from "./announce.js";
import { askOffer } from "./ask-offer.js";
import { clusterLinesFor } from "./fold-clusters.js";
import { abilitiesOf, inkOf, type Ink } from "./ink.js";
import { takeKeyboard, type KeyboardInput } from "./keyboard.js";
import { ALL_LETTERS, lettersOf, type Letters } from "./letters.js";
import { liveScreen, type LiveScreen } from "./live-screen.js";
import { offerLines } from "./offer-lines.js";
import { offerQuestion, type Ask, type SeenRun } from "./offer-question.js";
import { fitLine, piece } from "./pieces.js";
import { plainLine, timed } from "./plain-line.js";
import { plainLog } from "./plain-log.js";
import { cellsFor, printable } from "./printable.js";
import { receiptLines } from "./receipt.js";
import { screenLines } from "./screen.js";
import { stopLines } from "./stop-words.js";
import { wayOnLines } from "./way-on.js";

export interface ConsoleOptions {
  /** Where all of it is written: standard error. */
  readonly output: Writable & { readonly isTTY?: boolean; readonly columns?: number; readonly rows?: number };
  /** Where a choice comes from: standard input. */
  readonly input: KeyboardInput;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The run's folder, for the commands that are shown; an imagined run has none. */
  readonly folder?: string;
  /** That a run is only imagined, in words: they stand on every screen. */
  readonly imagined?: string;
  readonly now: () => Instant;
  /** The planner's own words about a run and a decision. */
  readonly view: (run: SeenRun) => RunView;
  readonly headline: Headline;
  /** Where nobody can be asked here, whoever picks from elsewhere is waited for. */
  readonly choiceElsewhere?: true;
  /** The pick, once for each time offers wait for one; undefined when there is nobody to choose. */
  readonly onChoice: (pick: OfferName | undefined) => void;
}

export interface TerminalConsole extends Audience {
  /** Shows a run that is there already, as after a resume. */
  start(run: SeenRun): void;
  /** Lines that stay, as of trouble. */
  say(lines: readonly string[]): void;
  /** Somebody asked the run to stop. */
  stopping(how: "drain" | "now"): void;
  /** The last look at the run; nothing is drawn after it. */
  close(): void;
  /** After {@link close}: the receipt, and what can be done now. */
  receipt(summary: Summary): void;
}

const COLUMNS = 80;
const ROWS = 24;

export function createConsole(options: ConsoleOptions): TerminalConsole {
  const { output, folder } = options;
  const { isTerminal, color } = abilitiesOf(output, options.env);
  const ink = inkOf(color);
  const letters = isTerminal ? lettersOf(options.env) : ALL_LETTERS;
  let run: SeenRun | undefined;
  const lost = new AbortController();
  const look = (): RunView | undefined =>
    run === undefined || lost.signal.aborted ? undefined : viewNow(options, run);
  const stage = isTerminal
    ? liveScreen(output, () => screenNow(options, look(), ink).map(letters))
    : plainLog(output, () => lineOf(look(), options.imagined));
  const canAsk = isTerminal && options.input.isTTY === true;
  const prompting: Prompting = { lost: lost.signal, stage, ink, letters };
  const question = offerQuestion(askOf(options, canAsk, prompting), options.onChoice);
  const say = (lines: readonly string[]): void => {
    if (!lost.signal.aborted) stage.say(lines.map(letters));
  };
  output.on("error", () => {
    lost.abort();
    stage.close();
  });

  return {
    start(known) {
      run = known;
      stage.touch();
      question.look(known);
    },
    seen(frame, seen) {
      run = seen;
      const { clusters } = seen.settings;
      if (!isTerminal) {
        const when = { at: frame.event.at, beganAt: seen.beganAt };
        const said = announcements(frame, clusters, options.headline);
        say(said.map((text) => timed(when, printable(text), options.imagined)));
      }
      const look = { columns: output.columns ?? COLUMNS, ink };
      const offered = offerLines(frame, seen, look, canAsk);
      say(offered.length === 0 ? [] : [...markLines(options, ink), ...offered]);
      question.look(seen);
      stage.touch();
    },
    say,
    stopping(how) {
      question.withdraw();
      // Said when it was asked for the first time.
      if (how === "drain" && run?.stopping?.because.kind === "asked-to-stop") return;
      if (folder !== undefined) say(stopLines(how, run?.attempts.count.running ?? 0, folder));
    },
    close() {
      question.withdraw();
      stage.close();
    },
    receipt(summary) {
      if (!lost.signal.aborted) output.write(`${letters(receiptText(summary, options, ink))}\n`);
    },
  };
}

/** The run as it is at this moment, and not only as it was at its last event. */
function viewNow({ view, now }: ConsoleOptions, run: SeenRun): RunView {
  const seen = view(run);
  const at = now();
  return between(seen.at, at) > 0 && seen.phase !== "ended" ? { ...seen, at } : seen;
}

function screenNow(
  { output, folder, imagined }: ConsoleOptions,
  view: RunView | undefined,
  ink: Ink,
): string[] {
  if (view === undefined) return [];
  const rows = output.rows ?? ROWS;
  return screenLines(view, output.columns ?? COLUMNS, {
    ink,
    clustersMost: clusterLinesFor(rows),
    rows,
    ...(folder !== undefined && { folder }),
    ...(imagined !== undefined && { imagined }),
  });
}

const lineOf = (view: RunView | undefined, imagined: string | undefined): string | undefined =>
  view === undefined ? undefined : plainLine(view, imagined);

/** What stands above whatever is shown of a run that is only imagined. */
const markLines = ({ imagined, output }: ConsoleOptions, ink: Ink): string[] =>
  imagined === undefined
    ? []
    : [fitLine([piece(imagined, ink.careful)], cellsFor(output.columns ?? COLUMNS))];

interface Prompting {
  readonly lost: AbortSignal;
  readonly stage: LiveScreen;
  readonly ink: Ink;
  readonly letters: Letters;
}

/** A prompt where both ends are a terminal; where not, nobody can be asked. */
const askOf = (options: ConsoleOptions, canAsk: boolean, prompting: Prompting): Ask =>
  canAsk ? asking(options, prompting) : options.choiceElsewhere === true ? waitForOthers : askNobody;

function asking({ input, output, imagined }: ConsoleOptions, { lost, stage, ink, letters }: Prompting): Ask {
  return async (offers, signal) => {
    if (lost.aborted) return undefined;
    stage.hide();
    const keyboard = takeKeyboard(input);
    try {
      const open = AbortSignal.any([signal, lost, keyboard.lost]);
      return await askOffer(offers, open, {
        input: keyboard.keys,
        output,
        ink,
        letters,
        imagined: imagined !== undefined,
      });
    } finally {
      keyboard.release();
      stage.show();
    }
  };
}

const askNobody: Ask = () => Promise.resolve(undefined);

/** The question goes away when somebody has picked, or the run goes on without. */
const waitForOthers: Ask = (_offers, signal) =>
  new Promise((resolve) => signal.addEventListener("abort", () => resolve(undefined), { once: true }));

function receiptText(summary: Summary, options: ConsoleOptions, ink: Ink): string {
  const { output, folder } = options;
  const columns = output.columns ?? COLUMNS;
  const way = folder === undefined ? [] : wayOnLines(summary, { folder, columns });
  return [
    "",
    ...markLines(options, ink),
    ...receiptLines(summary, columns, ink),
    ...(way.length > 0 ? ["", ...way] : []),
  ].join("\n");
}
