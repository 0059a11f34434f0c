/**
 * How long does a task that failed wait before it is tried again? Longer each time, as what made it fail (a server, a
 * file system) may need a while. A retry is handed out after everything that has not been tried, so the wait counts
 * only when nothing else is left; then a machine idles, and where machines cost money that is for a few seconds.
 */
import { invariant } from "@stint/shared/invariant.js";
import type { TaskIndex } from "@stint/shared/ids.js";
import { after, earlier, seconds, shorter, type Duration, type Instant } from "@stint/shared/units.js";

/** After the first failure, the second, and so on; the last for all further ones. */
const WAITS: readonly Duration[] = [1, 2, 4, 8, 16, 32, 60].map(seconds);
/** The most where any machine costs money. */
const PAID_WAIT_MOST = seconds(5);

interface Delay {
  readonly task: TaskIndex;
  readonly until: Instant;
}

export interface Delays {
  /** Tasks that wait and may not be handed out yet. */
  readonly of: Map<TaskIndex, Delay>;
  /** For each of the waits those that began it, oldest first, so that each list is in order of its ends. */
  readonly lists: readonly { entries: Delay[]; next: number }[];
}

export const newDelays = (): Delays => ({
  of: new Map(),
  lists: WAITS.map(() => ({ entries: [], next: 0 })),
});

/** @param failures of this task so far, the one that makes it wait included */
export function delay(
  delays: Delays,
  task: TaskIndex,
  { failures, at, paid }: { readonly failures: number; readonly at: Instant; readonly paid: boolean },
): void {
  const index = Math.min(failures, WAITS.length) - 1;
  const list = delays.lists[index];
  const wait = WAITS[index];
  invariant(list !== undefined && wait !== undefined, "only a task that failed waits", { task, failures });
  const entry = { task, until: after(at, paid ? shorter(wait, PAID_WAIT_MOST) : wait) };
  delays.of.set(task, entry);
  list.entries.push(entry);
}

/** It is started, or its wait is over. */
export const endDelay = (delays: Delays, task: TaskIndex): void => void delays.of.delete(task);

/** Calls `over` with each task whose wait has ended by now; amortised O(1) a task. */
export function endDelays(delays: Delays, at: Instant, over: (task: TaskIndex) => void): void {
  for (const list of delays.lists) {
    for (
      let head = headOf(delays, list);
      head !== undefined && head.until <= at;
      head = headOf(delays, list)
    ) {
      endDelay(delays, head.task);
      over(head.task);
    }
  }
}

/** When the next wait ends. */
export function nextDelayEnd(delays: Delays): Instant | undefined {
  let next: Instant | undefined;
  for (const { entries, next: from } of delays.lists) {
    for (let index = from; index < entries.length; index += 1) {
      const entry = entries[index] as Delay;
      if (delays.of.get(entry.task) !== entry) continue;
      next = next === undefined ? entry.until : earlier(next, entry.until);
      break;
    }
  }
  return next;
}

/** Drops what was started meanwhile, as the other half of a pair is. */
function headOf(delays: Delays, list: Delays["lists"][number]): Delay | undefined {
  for (; list.next < list.entries.length; list.next += 1) {
    const entry = list.entries[list.next] as Delay;
    if (delays.of.get(entry.task) === entry) return entry;
  }
  list.entries = [];
  list.next = 0;
  return undefined;
}
