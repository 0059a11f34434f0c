/** What is left on a terminal whose width changes under the live screen: each line once, and what was said above it. */
import { EventEmitter } from "node:events";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { liveScreen, type Terminal } from "./live-screen.js";

interface Row {
  text: string;
  /** Goes on in the next row. */
  wraps: boolean;
}

/** Rows of a terminal that wraps what is too wide, and wraps anew when it is resized, as tmux and others do. */
class Rows extends EventEmitter {
  columns: number;
  readonly rows = 24;
  /** What the terminal has, whether or not the program was told. */
  width: number;
  #rows: Row[] = [{ text: "", wraps: false }];
  #row = 0;
  #column = 0;
  #wrapping = true;

  constructor(columns: number) {
    super();
    this.columns = columns;
    this.width = columns;
  }

  write(text: string): boolean {
    for (const [piece] of text.matchAll(/\u001b\[[?\d;]*[A-Za-z]|[^]/gu)) {
      if (piece.startsWith("\u001b")) this.#order(piece);
      else if (piece === "\n") this.#down();
      else this.#put(piece);
    }
    return true;
  }

  /** The program hears of it later. */
  narrow(width: number): void {
    const whole: string[] = [];
    let open = "";
    for (const { text, wraps } of this.#rows) {
      open += text;
      if (wraps) continue;
      whole.push(open);
      open = "";
    }
    this.width = width;
    this.#rows = whole.flatMap((text): Row[] => {
      const pieces = text.match(new RegExp(`.{1,${String(width)}}`, "gu")) ?? [""];
      return pieces.map((one, index) => ({ text: one, wraps: index < pieces.length - 1 }));
    });
    this.#row = this.#rows.length - 1;
  }

  tell(): void {
    this.columns = this.width;
    this.emit("resize");
  }

  shown(): string[] {
    return this.#rows.map(({ text }) => text.trimEnd()).filter((text) => text !== "");
  }

  #order(piece: string): void {
    const count = Number(/\d+/u.exec(piece)?.[0] ?? 1);
    if (piece.endsWith("?7l")) this.#wrapping = false;
    else if (piece.endsWith("?7h")) this.#wrapping = true;
    else if (piece.endsWith("A")) this.#row = Math.max(0, this.#rows.length - this.rows, this.#row - count);
    else if (piece.endsWith("B")) this.#row = Math.min(this.#rows.length - 1, this.#row + count);
    else if (piece.endsWith("G")) this.#column = 0;
    else if (piece.endsWith("2K")) this.#rows[this.#row] = { text: "", wraps: false };
    else if (piece.endsWith("K")) this.#here().text = this.#here().text.slice(0, this.#column);
    else if (piece.endsWith("J")) this.#rows.splice(this.#row, Infinity, { text: "", wraps: false });
  }

  #put(character: string): void {
    if (this.#column >= this.width) {
      if (!this.#wrapping) return;
      this.#here().wraps = true;
      this.#down();
    }
    const row = this.#here();
    row.text =
      row.text.padEnd(this.#column).slice(0, this.#column) + character + row.text.slice(this.#column + 1);
    this.#column += 1;
  }

  #down(): void {
    this.#row += 1;
    this.#column = 0;
    if (this.#row === this.#rows.length) this.#rows.push({ text: "", wraps: false });
  }

  #here(): Row {
    const row = this.#rows[this.#row];
    if (row === undefined) throw new Error("the cursor is on a row");
    return row;
  }
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A head and a bar as wide as the terminal is known to be, and a short line. */
function stage() {
  const terminal = new Rows(80);
  let clock = 0;
  const frame = (): string[] => {
    const cells = terminal.columns - 1;
    return [`run · running${String(clock).padStart(cells - 13)}`, "━".repeat(cells), "small  2/2"];
  };
  const screen = liveScreen(terminal as unknown as Terminal, frame);
  screen.say(["renting small-1"]);
  const second = (): void => {
    clock += 1;
    vi.advanceTimersByTime(1_000);
  };
  return { terminal, second, expected: () => ["renting small-1", ...frame()], screen };
}

test("a terminal that becomes narrow and wide again shows each line once", () => {
  const { terminal, second, expected, screen } = stage();
  for (const width of [60, 80, 30, 79]) {
    second();
    terminal.narrow(width);
    terminal.tell();
    expect(terminal.shown()).toEqual(expected());
    second();
    expect(terminal.shown()).toEqual(expected());
  }
  screen.close();
});

test("what is drawn before the program hears of the new width leaves nothing behind", () => {
  const { terminal, second, expected, screen } = stage();
  for (const width of [60, 80, 30, 79]) {
    terminal.narrow(width);
    second();
    second();
    terminal.tell();
    expect(terminal.shown()).toEqual(expected());
  }
  screen.close();
});

test("a line that comes in between moves those below it", () => {
  const terminal = new Rows(80);
  let lines = ["head", "last", "below"];
  const screen = liveScreen(terminal as unknown as Terminal, () => lines);
  screen.touch();
  for (const next of [
    ["head", "new", "last", "below"],
    ["head", "last", "below"],
    ["head", "other", "below"],
  ]) {
    lines = next;
    vi.advanceTimersByTime(1_000);
    screen.touch();
    vi.advanceTimersByTime(1_000);
    expect(terminal.shown()).toEqual(next);
  }
  screen.close();
});
