/**
 * How many tasks run, and how many do agents hold ahead of their slots, so that a short one is followed by the next at
 * once? O(machines).
 */
import type { AttemptsRun } from "./attempts.js";

export interface HandedOut {
  readonly running: number;
  /** Only when there are some. */
  readonly next?: number;
}

export function handedOut({ attempts, machines }: Pick<AttemptsRun, "attempts" | "machines">): HandedOut {
  const handed = attempts.count.running;
  let ahead = 0;
  for (const { active, slots } of machines.live.values()) ahead += Math.max(0, active - slots);
  // Of tasks that run twice one attempt may be the one that is next.
  const running = Math.max(Math.min(1, handed), handed - ahead);
  return running === handed ? { running } : { running, next: handed - running };
}
