/**
 * All that is known of one machine's agent, whichever connection it speaks on: what was ordered of it and is not
 * over, what it reported and is not durable, until when it is paid, when it was last heard.
 */
import type { AttemptRef, MachineId } from "@stint/shared/ids.js";
import type { Instant } from "@stint/shared/units.js";
import type { StartCommand } from "../drive/ports.js";
import type { RunEvent } from "../planner/records.js";
import type { Refusal } from "./enrolment.js";
import { createInbox, type Inbox } from "./inbox.js";
import {
  closeAttempt,
  findOpen,
  grantCredit,
  newOpenAttempts,
  openAttempt,
  type OpenAttempt,
  type OpenAttempts,
} from "./open-attempts.js";

/** @param durable called when the event cannot be lost any more */
export type Post = (event: RunEvent, durable?: () => void) => void;

/** The connection on which an agent can be spoken to now. */
export interface Speaker {
  /** Its machine is known to be ready. */
  welcome(): void;
  start(attempt: OpenAttempt): void;
  cancel(ref: AttemptRef): void;
  renew(paidUntil: Instant): void;
  ack(seq: number): void;
  /** While pressed, nothing of what the agent says is taken in. */
  press(pressed: boolean): void;
  /** Closes the connection, after a refusal if there is one. */
  leave(refusal?: Refusal): void;
}

export interface MachineAgent {
  readonly machine: MachineId;
  readonly open: OpenAttempts;
  readonly inbox: Inbox;
  /** Whether the event that it is ready is still to be written, being written, or written. */
  ready: "unheard" | "settling" | "written";
  paidUntil: Instant | undefined;
  heardAt: Instant;
  /** The planner believes that it cannot be reached. */
  silent: boolean;
  speaker: Speaker | undefined;
}

export function createMachineAgent(machine: MachineId, now: () => Instant, post: Post): MachineAgent {
  const open = newOpenAttempts();
  const agent: MachineAgent = {
    machine,
    open,
    inbox: createInbox({
      deliver(results, durable) {
        for (const result of results) closeAttempt(open, result);
        const credit = grantCredit(open);
        post({ kind: "attempts-ended", at: now(), machine, results, credit }, durable);
      },
      acked: (seq) => agent.speaker?.ack(seq),
      pressed: (full) => agent.speaker?.press(full),
    }),
    ready: "unheard",
    paidUntil: undefined,
    heardAt: now(),
    silent: false,
    speaker: undefined,
  };
  return agent;
}

export function orderStarts(agent: MachineAgent, starts: readonly StartCommand[]): void {
  for (const command of starts) {
    const attempt = openAttempt(agent.open, command);
    if (attempt !== undefined) agent.speaker?.start(attempt);
  }
}

export function orderCancels(agent: MachineAgent, attempts: readonly AttemptRef[]): void {
  for (const ref of attempts) {
    const attempt = findOpen(agent.open, ref);
    // It is over, and its report on the way.
    if (attempt === undefined || attempt.cancelled) continue;
    attempt.cancelled = true;
    if (attempt.told) agent.speaker?.cancel(ref);
  }
}

export function orderRenewal(agent: MachineAgent, paidUntil: Instant): void {
  agent.paidUntil = paidUntil;
  agent.speaker?.renew(paidUntil);
}

/** Whatever it said, it is there. */
export function noteHeard(agent: MachineAgent, now: Instant, post: Post): void {
  agent.heardAt = now;
  if (!agent.silent || agent.ready !== "written") return;
  agent.silent = false;
  post({ kind: "machine-back", at: now, machine: agent.machine });
}
