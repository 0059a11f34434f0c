/** Says on a terminal how many runs are done, on one line that goes when they all are. */
import { formatCount } from "@stint/shared/format.js";

export interface Progress {
  done(runs: number): void;
  end(): void;
}

/** Between two lines; nobody reads faster. */
const PAUSE_MS = 100;

export function progressOn(terminal: NodeJS.WriteStream, runs: number): Progress {
  if (!terminal.isTTY || runs === 1) return { done: () => undefined, end: () => undefined };
  let shownAt = 0;
  return {
    done(count) {
      if (performance.now() - shownAt < PAUSE_MS) return;
      shownAt = performance.now();
      terminal.write(`\r${formatCount(count)} of ${formatCount(runs)} runs\u001b[K`);
    },
    end: () => void terminal.write("\r\u001b[K"),
  };
}
