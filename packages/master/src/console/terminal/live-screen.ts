/**
 * Draws lines over themselves at the bottom of a terminal: at once when something happened, then at most four
 * times a second, and each second for the clock. Whatever else is said goes above them and stays.
 */
import { createLogUpdate } from "log-update";
import { atMostEvery } from "./at-most.js";
import { widthOf } from "./printable.js";

export interface LiveScreen {
  /** Something may look different now. */
  touch(): void;
  /** Lines that stay, above what is drawn. */
  say(lines: readonly string[]): void;
  /** Leaves the terminal to somebody else, as to a prompt. */
  hide(): void;
  show(): void;
  /** What is drawn stays as it is now, and the cursor is back. */
  close(): void;
}

/** A terminal, or what stands for it in a test. */
export interface Terminal extends NodeJS.WritableStream {
  readonly columns?: number;
  readonly rows?: number;
}

const REDRAW_AFTER_MS = 250;
const CLOCK_EVERY_MS = 1_000;
const COLUMNS = 80;

/** @param draw the lines as they are now, each narrower than the terminal */
export function liveScreen(terminal: Terminal, draw: () => readonly string[]): LiveScreen {
  const { screen, atOnce } = unwrapping(terminal);
  const log = createLogUpdate(screen);
  let drawn: readonly string[] = [];
  let state: "shown" | "hidden" | "closed" = "shown";

  const paint = (): void => {
    if (state !== "shown") return;
    const before = drawn.length;
    drawn = draw();
    if (drawn.length === 0) return;
    atOnce(() => {
      // A line that comes in between moves those below it, which are not drawn again where they read the same.
      if (drawn.length !== before) log.clear();
      log(drawn.join("\n"));
    });
  };
  const drawing = atMostEvery(REDRAW_AFTER_MS, paint);
  const clear = (): void => {
    log.clear();
    drawn = [];
  };
  const onResize = (): void => {
    if (state !== "shown") return;
    const wrapped = linesMore(drawn, terminal.columns ?? COLUMNS);
    clear();
    // A terminal that became narrower has wrapped what was drawn: there is more of it than was written.
    if (wrapped > 0) terminal.write(`\u001b[${String(wrapped)}A\u001b[0J`);
    paint();
  };
  const clock = setInterval(drawing.ask, CLOCK_EVERY_MS).unref();
  terminal.on("resize", onResize);

  return {
    touch: drawing.ask,
    say(lines) {
      if (lines.length === 0) return;
      clear();
      terminal.write(`${lines.join("\n")}\n`);
      paint();
    },
    hide() {
      if (state !== "shown") return;
      clear();
      log.done();
      state = "hidden";
    },
    show() {
      if (state !== "hidden") return;
      state = "shown";
      paint();
    },
    close() {
      if (state === "closed") return;
      clearInterval(clock);
      drawing.stop();
      terminal.off("resize", onResize);
      paint();
      log.done();
      state = "closed";
    },
  };
}

const WRAP_OFF = "\u001b[?7l";
const WRAP_ON = "\u001b[?7h";

interface Unwrapping {
  readonly screen: Terminal;
  /** What is written meanwhile is written in one piece, so that nobody sees half of it. */
  readonly atOnce: (draw: () => void) => void;
}

/**
 * The same terminal, which cuts what is too wide. A program hears late that its terminal has become narrower; what it
 * drew before in the old width would take more rows than anybody counted, and leave some of them behind.
 */
function unwrapping(terminal: Terminal): Unwrapping {
  let gathered: string | undefined;
  const put = (text: string): boolean => terminal.write(`${WRAP_OFF}${text}${WRAP_ON}`);
  const write = (text: string): boolean => {
    if (gathered === undefined) return put(text);
    gathered += text;
    return true;
  };
  return {
    screen: Object.create(terminal, { write: { value: write } }) as Terminal,
    atOnce(draw) {
      gathered = "";
      try {
        draw();
        if (gathered !== "") put(gathered);
      } finally {
        gathered = undefined;
      }
    },
  };
}

const COLOURS = /\u001b\[[\d;]*m/gu;

/** By how many lines these became more in a terminal of that many columns. */
const linesMore = (lines: readonly string[], columns: number): number =>
  lines.reduce(
    (sum, line) => sum + Math.max(0, Math.ceil(widthOf(line.replace(COLOURS, "")) / columns) - 1),
    0,
  );
