/**
 * The results of one agent on their way to the journal: each message is delivered once however often it is sent,
 * those that come together become one event, and one is acknowledged when it is durable. More than a named number
 * do not wait here: their agent waits instead.
 */
import type { AttemptResult } from "@stint/shared/observation.js";

export interface Inbox {
  /** @returns false when results in between were never heard: what follows must not be acknowledged. */
  take(seq: number, results: readonly AttemptResult[]): boolean;
  /** Delivers what has been taken so far. */
  flush(): void;
  readonly ackedSeq: () => number;
  readonly isFull: () => boolean;
}

export interface InboxPort {
  /** @param durable to be called when the event made of them cannot be lost any more */
  readonly deliver: (results: readonly AttemptResult[], durable: () => void) => void;
  readonly acked: (seq: number) => void;
  /** It is full, or it was and has room again. */
  readonly pressed: (full: boolean) => void;
}

/** Results that one event brings. */
const RESULTS_AN_EVENT = 1_000;
/** Results heard and not yet durable, at which their agent has to wait. */
const WAITING_MOST = 10_000;
/** At which it may go on. */
const WAITING_LOW = WAITING_MOST / 2;

export function createInbox(port: InboxPort): Inbox {
  let heardSeq = 0;
  let ackedSeq = 0;
  let taken: AttemptResult[] = [];
  let scheduled: NodeJS.Immediate | undefined;
  let waiting = 0;
  let full = false;

  const flush = (): void => {
    clearImmediate(scheduled);
    scheduled = undefined;
    if (taken.length === 0) return;
    const results = taken;
    const seq = heardSeq;
    taken = [];
    port.deliver(results, () => {
      ackedSeq = seq;
      waiting -= results.length;
      port.acked(seq);
      if (full && waiting <= WAITING_LOW) press(false);
    });
  };
  const press = (pressed: boolean): void => {
    full = pressed;
    port.pressed(pressed);
  };

  return {
    take(seq, results) {
      if (seq <= heardSeq) {
        // Sent again. One that is not durable yet is acknowledged when it is.
        if (seq <= ackedSeq) port.acked(ackedSeq);
        return true;
      }
      // A master that has just begun cannot know what its predecessor acknowledged.
      if (heardSeq > 0 && seq > heardSeq + 1) return false;
      heardSeq = seq;
      waiting += results.length;
      for (const result of results) taken.push(result);
      if (taken.length >= RESULTS_AN_EVENT) flush();
      else scheduled ??= setImmediate(flush);
      if (!full && waiting > WAITING_MOST) press(true);
      return true;
    },
    flush,
    ackedSeq: () => ackedSeq,
    isFull: () => full,
  };
}
