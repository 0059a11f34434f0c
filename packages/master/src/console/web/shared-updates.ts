/**
 * One thing that many look at: what is told is made once for all of them, at most so often a second, and whoever is slow
 * misses what lies between rather than being sent it late.
 */
import { UPDATES_A_SECOND_MOST } from "@stint/shared/api/messages.js";
import type { Log } from "./log.js";
import type { Unwatch } from "./runs-port.js";

const GAP_MS = 1000 / UPDATES_A_SECOND_MOST;
/** Somewhat longer than the gap, as timers may be early. */
const TICK_MS = GAP_MS + 10;

export interface Looker {
  /** Bytes that the system has not taken yet. */
  readonly unsent: () => number;
  readonly send: (text: Buffer) => void;
  /** Milliseconds of a monotonic clock, of whatever was sent last. */
  sentAt: number;
}

export interface Looked {
  /** `changed` may be called as often as something happens; it only makes a mark. */
  watch(changed: () => void, over: () => void): Unwatch;
  /** What is sent, or that there is nothing yet; called at most once a tick. */
  compose(): Promise<object | undefined>;
}

export interface SharedUpdates {
  join(looker: Looker): void;
  leave(looker: Looker): void;
  /** Watched anew after an end, where there are lookers; else nothing. */
  reopen(): void;
  readonly size: () => number;
  close(): void;
}

export function sharedUpdates(looked: Looked, log: Log): SharedUpdates {
  const seen = new Map<Looker, number>();
  const told = newestText(looked, log);
  const watching = watchedBy(looked, told.markStale);
  let timer: NodeJS.Timeout | undefined;
  const show = (): void => {
    const now = performance.now();
    for (const [looker, last] of seen) {
      if (last === told.version() || looker.unsent() > 0 || now - looker.sentAt < GAP_MS) continue;
      seen.set(looker, told.version());
      looker.sentAt = now;
      looker.send(told.text());
    }
  };
  const tick = async (): Promise<void> => {
    if (await told.refresh()) show();
  };
  const close = (): void => {
    seen.clear();
    clearInterval(timer);
    timer = undefined;
    watching.end();
  };
  return {
    join(looker) {
      seen.set(looker, 0);
      watching.begin();
      timer ??= setInterval(() => void tick(), TICK_MS);
      void tick();
    },
    leave(looker) {
      if (seen.delete(looker) && seen.size === 0) close();
    },
    reopen: () => {
      if (seen.size > 0) watching.begin();
    },
    size: () => seen.size,
    close,
  };
}

interface NewestText {
  readonly markStale: () => void;
  /** Whether there is something to tell; false as well while another is still at it. */
  refresh(): Promise<boolean>;
  /** One more with every text that differs from the one before. */
  readonly version: () => number;
  readonly text: () => Buffer;
}

function newestText(looked: Looked, log: Log): NewestText {
  let [version, text] = [0, Buffer.alloc(0)];
  let [stale, composing] = [true, false];
  const compose = async (): Promise<void> => {
    const message = await looked.compose();
    if (message === undefined) return;
    const next = Buffer.from(JSON.stringify(message));
    if (!next.equals(text)) [version, text] = [version + 1, next];
  };
  return {
    markStale: () => (stale = true),
    version: () => version,
    text: () => text,
    async refresh() {
      if (composing) return false;
      const needed = stale;
      [stale, composing] = [false, true];
      try {
        if (needed) await compose();
      } catch (cause) {
        log.warn({ err: cause }, "nothing could be told");
      }
      composing = false;
      return version > 0;
    },
  };
}

/** Watched once at a time; what is over is watched anew when it is begun again. */
function watchedBy(looked: Looked, markStale: () => void): { begin(): void; end(): void } {
  let unwatch: Unwatch | undefined;
  let round = 0;
  const end = (): void => {
    round += 1;
    unwatch?.();
    unwatch = undefined;
  };
  return {
    begin() {
      if (unwatch !== undefined) return;
      const mine = ++round;
      markStale();
      const stop = looked.watch(markStale, () => {
        markStale();
        if (mine === round) end();
      });
      // Something may be over before it has been watched.
      if (mine === round) unwatch = stop;
      else stop();
    },
    end,
  };
}
