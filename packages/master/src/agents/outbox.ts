/**
 * What is still to be said on one connection. Acknowledgements and leases replace earlier ones, starts and
 * cancellations are no more than the planner ordered, and nothing is handed to the stream while it is full: so
 * what waits is bounded however slowly an agent listens.
 */
import type { AttemptRef } from "@stint/shared/ids.js";
import {
  MESSAGE_BYTES_AIM,
  TASKS_A_MESSAGE,
  type MasterSays,
  type TaskOrder,
} from "@stint/shared/wire/messages.js";
import type { OpenAttempt } from "./open-attempts.js";

export class Outbox {
  readonly #say: (says: MasterSays) => boolean;
  readonly #orderOf: (attempt: OpenAttempt) => TaskOrder;
  readonly #starts = new Waiting<OpenAttempt>();
  readonly #cancels = new Waiting<AttemptRef>();
  /** 0: none is to be said. */
  #ack = 0;
  #paidUntilBootUs = 0;
  #scheduled: NodeJS.Immediate | undefined;
  #closed = false;
  #hasRoom = true;

  /**
   * @param say false: the stream is full
   * @param orderOf what the agent needs to know of an attempt, looked up as late as possible
   */
  constructor(say: (says: MasterSays) => boolean, orderOf: (attempt: OpenAttempt) => TaskOrder) {
    this.#say = say;
    this.#orderOf = orderOf;
  }

  start(attempt: OpenAttempt): void {
    this.#starts.push(attempt);
    this.#schedule();
  }

  /** Of an attempt that the agent was told of; one that still waits here is cancelled once it has been. */
  cancel(ref: AttemptRef): void {
    this.#cancels.push(ref);
    this.#schedule();
  }

  ack(seq: number): void {
    this.#ack = seq;
    this.#schedule();
  }

  renew(paidUntilBootUs: number): void {
    this.#paidUntilBootUs = paidUntilBootUs;
    this.#schedule();
  }

  /** The stream has room again. */
  drained(): void {
    this.#hasRoom = true;
    this.#schedule();
  }

  /** Nothing more is said. */
  close(): void {
    this.#closed = true;
    clearImmediate(this.#scheduled);
  }

  /** What one turn of the event loop orders goes out in as few messages as it fits in. */
  #schedule(): void {
    if (this.#hasRoom && !this.#closed) this.#scheduled ??= setImmediate(() => this.#flush());
  }

  #flush(): void {
    this.#scheduled = undefined;
    while (this.#hasRoom) {
      const says = this.#next();
      if (says === undefined) return;
      this.#hasRoom = this.#say(says);
    }
  }

  /** In order of urgency: what an agent spools, what it may spend, what it should stop, what it should begin. */
  #next(): MasterSays | undefined {
    if (this.#ack > 0) {
      const seq = this.#ack;
      this.#ack = 0;
      return { kind: "ack", seq };
    }
    if (this.#paidUntilBootUs > 0) {
      const paidUntilBootUs = this.#paidUntilBootUs;
      this.#paidUntilBootUs = 0;
      return { kind: "renew", paidUntilBootUs };
    }
    if (this.#cancels.size > 0) return { kind: "cancel", attempts: this.#cancels.take(TASKS_A_MESSAGE) };
    if (this.#starts.size > 0) return { kind: "start", tasks: this.#pack() };
    return undefined;
  }

  #pack(): TaskOrder[] {
    const tasks: TaskOrder[] = [];
    let bytes = 0;
    while (tasks.length < TASKS_A_MESSAGE && bytes < MESSAGE_BYTES_AIM) {
      const attempt = this.#starts.next();
      if (attempt === undefined) break;
      const order = this.#orderOf(attempt);
      tasks.push(order);
      attempt.told = true;
      bytes += bytesAtMost(order);
      // It was cancelled before the agent heard of it, which now has to report that.
      if (attempt.cancelled) this.#cancels.push(attempt.command);
    }
    return tasks;
  }
}

/** A character is at most three bytes of UTF-8; what else an order holds is small. */
function bytesAtMost({ id, command, cwd = "", env }: TaskOrder): number {
  let characters = id.length + cwd.length + 64;
  if (command.kind === "shell") characters += command.line.length;
  else for (const word of command.argv) characters += word.length + 2;
  for (const [name, value] of Object.entries(env)) characters += name.length + value.length + 4;
  return 3 * characters;
}

/** First in, first out, at constant cost. */
class Waiting<T> {
  #items: T[] = [];
  #from = 0;

  get size(): number {
    return this.#items.length - this.#from;
  }

  push(item: T): void {
    this.#items.push(item);
  }

  next(): T | undefined {
    return this.take(1)[0];
  }

  take(most: number): T[] {
    const taken = this.#items.slice(this.#from, this.#from + most);
    this.#from += taken.length;
    // What was taken is let go when it is more than what waits: each item is moved once, on the average.
    if (this.#from > this.size) {
      this.#items = this.#items.slice(this.#from);
      this.#from = 0;
    }
    return taken;
  }
}
