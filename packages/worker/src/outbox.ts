/**
 * How does every result reach a master, once? Each batch has a number and is kept until it is acknowledged; what
 * was under way when a connection was lost is sent again under the same number. While some batches are under way
 * others gather, so that short tasks travel together.
 */
import { attemptKey, type AttemptKey, type AttemptRef } from "@stint/shared/ids.js";
import { TASKS_A_MESSAGE, type Results, type TaskReport } from "@stint/shared/wire/messages.js";
import type { Spool } from "./spool.js";

export interface Outbox {
  /** It may wait this long for others to travel with; 0: only for those of the same turn of the loop. */
  add(report: TaskReport, waitMs: number): void;
  /** Not later but now: what was added stands in the spool. */
  flush(): void;
  /** A master listens: what is unacknowledged goes first, in order. `send` false: no more until `drained`. */
  connected(send: Send): void;
  drained(): void;
  disconnected(): void;
  /** All up to `seq` are written down. */
  acked(seq: number): void;
  /** Its result is here and not acknowledged. */
  has(ref: AttemptRef): boolean;
  readonly unacknowledged: () => number;
}

type Send = (results: Results) => boolean;

export interface OutboxPort {
  readonly bootId: string;
  readonly spool: Pick<Spool, "add" | "acked">;
  /** Something was acknowledged. */
  readonly changed: () => void;
}

/** Batches under way at once. */
const UNDER_WAY_MOST = 4;

interface Box {
  readonly port: OutboxPort;
  gathered: TaskReport[];
  batches: { readonly results: Results; sent: boolean }[];
  readonly kept: Set<AttemptKey>;
  lastSeq: number;
  send: Send | undefined;
  isFull: boolean;
  soon: NodeJS.Immediate | undefined;
  later: NodeJS.Timeout | undefined;
}

export function createOutbox(port: OutboxPort): Outbox {
  const box: Box = {
    ...{ port, gathered: [], batches: [], kept: new Set(), lastSeq: 0 },
    ...{ send: undefined, isFull: false, soon: undefined, later: undefined },
  };
  return {
    add: (report, waitMs) => add(box, report, waitMs),
    flush: () => flush(box),
    connected(send) {
      box.send = send;
      // All of them, full or not: only what comes after may wait.
      for (const batch of box.batches) sendBatch(box, send, batch);
    },
    drained() {
      box.isFull = false;
      flush(box);
    },
    disconnected() {
      box.send = undefined;
      flush(box);
    },
    acked: (seq) => acked(box, seq),
    has: (ref) => box.kept.has(attemptKey(ref)),
    unacknowledged: () => box.kept.size,
  };
}

function add(box: Box, report: TaskReport, waitMs: number): void {
  box.gathered.push(report);
  box.kept.add(attemptKey(report));
  if (waitMs > 0) box.later ??= setTimeout(flush, waitMs, box);
  else box.soon ??= setImmediate(flush, box);
}

function flush(box: Box): void {
  clearTimeout(box.later);
  clearImmediate(box.soon);
  box.later = box.soon = undefined;
  // Without a master everything is put down at once: the spool may be all that is left of it.
  while (box.gathered.length > 0 && (box.send === undefined || box.batches.length < UNDER_WAY_MOST))
    makeBatch(box);
  for (const batch of box.batches) {
    if (box.send === undefined || box.isFull) return;
    if (!batch.sent) sendBatch(box, box.send, batch);
  }
}

function makeBatch(box: Box): void {
  box.lastSeq += 1;
  const reports = box.gathered.slice(0, TASKS_A_MESSAGE);
  box.gathered = box.gathered.slice(TASKS_A_MESSAGE);
  box.port.spool.add({ seq: box.lastSeq, bootId: box.port.bootId, reports });
  box.batches.push({ results: { kind: "results", seq: box.lastSeq, results: reports }, sent: false });
}

function sendBatch(box: Box, send: Send, batch: Box["batches"][number]): void {
  batch.sent = true;
  box.isFull = !send(batch.results);
}

function acked(box: Box, seq: number): void {
  const done = box.batches.filter(({ results }) => results.seq <= seq);
  if (done.length === 0) return;
  box.batches = box.batches.slice(done.length);
  for (const report of done.flatMap(({ results }) => results.results)) box.kept.delete(attemptKey(report));
  box.port.spool.acked(seq, box.kept.size === 0);
  // What waits for company goes on waiting; what waited for this does not.
  if (box.later === undefined) flush(box);
  box.port.changed();
}
