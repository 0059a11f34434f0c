/**
 * How does every result reach a master, once? Each batch has a number and is kept until it is acknowledged; what
 * was under way when a connection was lost is sent again under the same number. While some batches are under way
 * others gather, so that short tasks travel together.
 */
import { attemptKey, type AttemptKey, type AttemptRef } from "@stint/shared/ids.js";
import { TASKS_A_MESSAGE, type Results, type TaskReport } from "@stint/shared/wire/messages.js";
import type { Spool } from "./spool.js";

export interface Outbox {
  add(report: TaskReport): void;
  /** Not later but now: what was added stands in the spool. */
  flush(): void;
  /** A master listens: what is unacknowledged goes first, in order. `send` false: no more until `drained`. */
  connected(send: (results: Results) => boolean): void;
  drained(): void;
  disconnected(): void;
  /** All up to `seq` are written down. */
  acked(seq: number): void;
  /** Its result is here and not acknowledged. */
  has(ref: AttemptRef): boolean;
  readonly unacknowledged: () => number;
}

/** Batches under way at once. */
const UNDER_WAY_MOST = 4;

interface Batch {
  readonly results: Results;
  sent: boolean;
}

export interface OutboxPort {
  readonly bootId: string;
  readonly spool: Pick<Spool, "add" | "acked">;
  /** Something was acknowledged. */
  readonly changed: () => void;
}

export function createOutbox({ bootId, spool, changed }: OutboxPort): Outbox {
  let gathered: TaskReport[] = [];
  let batches: Batch[] = [];
  let lastSeq = 0;
  let send: ((results: Results) => boolean) | undefined;
  let full = false;
  let scheduled: NodeJS.Immediate | undefined;
  const kept = new Set<AttemptKey>();

  function flush(): void {
    scheduled = undefined;
    // Without a master everything is put down at once: the spool may be all that is left of it.
    while (gathered.length > 0 && (send === undefined || batches.length < UNDER_WAY_MOST)) makeBatch();
    for (const batch of batches.filter(({ sent }) => !sent)) {
      if (send === undefined || full) return;
      batch.sent = true;
      full = !send(batch.results);
    }
  }

  function makeBatch(): void {
    lastSeq += 1;
    const reports = gathered.slice(0, TASKS_A_MESSAGE);
    gathered = gathered.slice(TASKS_A_MESSAGE);
    spool.add({ seq: lastSeq, bootId, reports });
    batches.push({ results: { kind: "results", seq: lastSeq, results: reports }, sent: false });
  }

  return {
    add(report) {
      gathered.push(report);
      kept.add(attemptKey(report));
      // What ends in the same turn of the loop travels together.
      scheduled ??= setImmediate(flush);
    },
    flush,
    connected(sendOne) {
      send = sendOne;
      full = false;
      for (const batch of batches) {
        // All of them, full or not: only what comes after may wait.
        batch.sent = true;
        full = !send(batch.results);
      }
    },
    drained() {
      full = false;
      flush();
    },
    disconnected() {
      send = undefined;
      flush();
    },
    acked(seq) {
      const done = batches.filter(({ results }) => results.seq <= seq);
      if (done.length === 0) return;
      batches = batches.slice(done.length);
      for (const report of done.flatMap(({ results }) => results.results)) kept.delete(attemptKey(report));
      spool.acked(seq, kept.size === 0);
      flush();
      changed();
    },
    has: (ref) => kept.has(attemptKey(ref)),
    unacknowledged: () => kept.size,
  };
}
