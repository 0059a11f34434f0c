/**
 * The order in which waiting tasks are handed out: random, by the run's seed, so that whatever has run is a
 * fair sample of the bag. Tasks that come back through no fault of their own go first, and those that somebody wants
 * again; failed ones last.
 * A queue may hold tasks that no longer wait; whoever takes one looks.
 */
import type { TaskIndex } from "@stint/shared/ids.js";
import { randomStream } from "../stats/draws.js";

export interface Queue {
  /** Every task once, in random order. */
  order: Uint32Array;
  /** The first of `order` that has not been looked at. */
  next: number;
  readonly front: TaskIndex[];
  readonly back: TaskIndex[];
  backNext: number;
}

/** @param size tasks in the bag; one pass over them, Fisher and Yates' shuffle */
export function newQueue(size: number, seed: number): Queue {
  const order = new Uint32Array(size);
  for (let index = 0; index < size; index += 1) order[index] = index;
  shuffle(order, seed, "order");
  return { order, next: 0, front: [], back: [], backNext: 0 };
}

/** The tasks from the last one's number up to `size` join those not looked at, all of these in a new random order. */
export function growQueue(queue: Queue, size: number, seed: number): void {
  const order = new Uint32Array(size);
  order.set(queue.order);
  for (let index = queue.order.length; index < size; index += 1) order[index] = index;
  shuffle(order.subarray(queue.next), seed, `order:${String(size)}`);
  queue.order = order;
}

function shuffle(order: Uint32Array, seed: number, purpose: string): void {
  const draw = randomStream(seed, purpose);
  for (let index = order.length - 1; index > 0; index -= 1) {
    const other = draw.below(index + 1);
    const held = order[index] ?? 0;
    order[index] = order[other] ?? 0;
    order[other] = held;
  }
}

export const returnFirst = (queue: Queue, task: TaskIndex): void => void queue.front.push(task);
export const returnLast = (queue: Queue, task: TaskIndex): void => void queue.back.push(task);

/**
 * What has been handed out of a queue before anybody applies it: a cursor, so that deciding changes nothing.
 * `take` skips tasks that do not wait; amortised O(1).
 */
export interface QueueCursor {
  take(): TaskIndex | undefined;
}

/** Walks the queue without changing it. */
export function cursor(queue: Queue, waits: (task: TaskIndex) => boolean): QueueCursor {
  const taken = new Set<TaskIndex>();
  let front = queue.front.length - 1;
  let next = queue.next;
  let back = queue.backNext;
  const usable = (task: TaskIndex): boolean => waits(task) && !taken.has(task);
  return {
    take() {
      while (front >= 0 || next < queue.order.length || back < queue.back.length) {
        const task = (
          front >= 0
            ? queue.front[front--]
            : next < queue.order.length
              ? queue.order[next++]
              : queue.back[back++]
        ) as TaskIndex;
        if (!usable(task)) continue;
        taken.add(task);
        return task;
      }
      return undefined;
    },
  };
}

/** Drops what lies at the head of each part and waits no longer; each entry is dropped once. */
export function settleQueue(queue: Queue, waits: (task: TaskIndex) => boolean): void {
  while (queue.front.length > 0 && !waits(queue.front.at(-1) as TaskIndex)) queue.front.pop();
  while (queue.next < queue.order.length && !waits(queue.order[queue.next] as TaskIndex)) queue.next += 1;
  while (queue.backNext < queue.back.length && !waits(queue.back[queue.backNext] as TaskIndex))
    queue.backNext += 1;
}
