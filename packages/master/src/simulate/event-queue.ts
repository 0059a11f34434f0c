/**
 * What will happen in an imagined world, in the order of time; what was planned first happens first of what
 * happens at one instant, so that the same world always goes the same way.
 */
import TinyQueue from "tinyqueue";
import type { Instant } from "@stint/shared/units.js";

interface Planned {
  readonly at: Instant;
  readonly order: number;
  readonly happen: () => void;
}

export interface EventQueue {
  plan(at: Instant, happen: () => void): void;
  /** When the next thing happens; absent when nothing will. */
  nextAt(): Instant | undefined;
  /** Takes the next thing off and lets it happen. */
  happenNext(): void;
}

export function createEventQueue(): EventQueue {
  const queue = new TinyQueue<Planned>([], (a, b) => a.at - b.at || a.order - b.order);
  let order = 0;
  return {
    plan(at, happen) {
      queue.push({ at, order, happen });
      order += 1;
    },
    nextAt: () => queue.peek()?.at,
    happenNext: () => queue.pop()?.happen(),
  };
}
