/**
 * How many tasks should an agent have at once? As many as it has slots: what waits here cannot go to a machine
 * that is idle. Only where tasks are so short that slots would stand still until the next order has come are more
 * kept ready, for about a tenth of a second of work. Pure.
 */

/** Runtimes that are looked back on; fewer than the least say nothing yet. */
const RECENT_MOST = 32;
const RECENT_LEAST = 8;
/** Of the recent ones the longest but this many are what is reckoned with: one hiccup is no long task. */
const LONGEST_LEFT_OUT = 3;
/** Longer tasks outlast the wait for an order by far. */
const SHORT_US_MOST = 50_000;
const READY_WORK_US = 100_000;
const READY_MOST = 64;
/** What is kept ready stays as it is while it is wrong by less than this, or each task would bring a message. */
const WRONG_MOST = 4;

/** Microseconds that slots were taken by the last attempts, the latest last. */
export type RecentRuntimes = readonly number[];

export const noteRuntime = (recent: RecentRuntimes, us: number): RecentRuntimes => [
  ...recent.slice(1 - RECENT_MOST),
  us,
];

/** Slots and what is kept ready. `before` is what was wanted last. */
export function tasksWanted(slots: number, recent: RecentRuntimes, before: number): number {
  if (recent.length < RECENT_LEAST) return slots;
  const longest = [...recent].sort((a, b) => b - a)[LONGEST_LEFT_OUT] ?? SHORT_US_MOST;
  if (longest >= SHORT_US_MOST) return slots;
  const ready = Math.min(READY_MOST, Math.floor((slots * READY_WORK_US) / Math.max(1, longest)));
  const readyBefore = before - slots;
  const stays = readyBefore > 0 && ready < readyBefore * WRONG_MOST && readyBefore < ready * WRONG_MOST;
  return stays ? before : slots + ready;
}
