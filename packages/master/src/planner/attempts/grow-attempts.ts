/** Makes room for the tasks that an edited bag has brought: they wait, and nothing is known of them. One pass over the bag. */
import type { Attempts } from "./attempts.js";
import { growQueue } from "./queue.js";

/** @param size of the bag from now on */
export function growAttempts(attempts: Attempts, size: number, seed: number): void {
  const before = attempts.state.length;
  attempts.state = grown(attempts.state, new Uint8Array(size));
  attempts.ordered = grown(attempts.ordered, new Uint16Array(size));
  attempts.failures = grown(attempts.failures, new Uint16Array(size));
  attempts.suspicions = grown(attempts.suspicions, new Uint8Array(size));
  attempts.guilty = grown(attempts.guilty, new Uint8Array(size));
  attempts.count.waiting += size - before;
  growQueue(attempts.queue, size, seed);
  const { first } = attempts;
  // Where nothing succeeded the bag was edited to mend it, or so it is hoped: that says nothing of what comes.
  if (first.failed < first.ended) return;
  first.ended = 0;
  first.failed = 0;
}

function grown<Counts extends Uint8Array | Uint16Array>(from: Counts, into: Counts): Counts {
  into.set(from);
  return into;
}
