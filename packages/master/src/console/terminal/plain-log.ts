/** A run where there is no terminal to draw on: a line each half minute, and what is announced in between. */
import type { LiveScreen } from "./live-screen.js";

const LINE_EVERY_MS = 30_000;

/** @param line where the run stands now; none before it has begun */
export function plainLog(output: NodeJS.WritableStream, line: () => string | undefined): LiveScreen {
  const write = (lines: readonly string[]): void => {
    if (lines.length > 0) output.write(`${lines.join("\n")}\n`);
  };
  const timer = setInterval(() => {
    const text = line();
    if (text !== undefined) write([text]);
  }, LINE_EVERY_MS).unref();
  return {
    touch: () => undefined,
    say: write,
    hide: () => undefined,
    show: () => undefined,
    close: () => clearInterval(timer),
  };
}
