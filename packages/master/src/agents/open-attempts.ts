/**
 * Which attempts were ordered of one machine and are not over, and how many more may be asked for? What the agent
 * wants at once is what is open, plus the credit that the planner still has, plus what it can be granted now.
 * Lost and repeated messages change nothing of that sum.
 */
import { attemptKey, type AttemptKey, type AttemptRef } from "@stint/shared/ids.js";
import type { StartCommand } from "../drive/ports.js";

export interface OpenAttempt {
  readonly command: StartCommand;
  cancelled: boolean;
  /** The agent has it, or it is on its way there on the present connection. */
  told: boolean;
}

export interface OpenAttempts {
  readonly byKey: Map<AttemptKey, OpenAttempt>;
  /** How many the agent wants at once. */
  wanted: number;
  /** What of the credit granted to the planner it has not used. */
  granted: number;
}

export const newOpenAttempts = (): OpenAttempts => ({ byKey: new Map(), wanted: 0, granted: 0 });

/** @returns the attempt, or nothing when it is open already: an order is carried out once. */
export function openAttempt(open: OpenAttempts, command: StartCommand): OpenAttempt | undefined {
  const key = attemptKey(command);
  if (open.byKey.has(key)) return undefined;
  const attempt = { command, cancelled: false, told: false };
  open.byKey.set(key, attempt);
  // Orders that a resumed master carries out again use up no credit: none had been granted.
  if (open.granted > 0) open.granted -= 1;
  return attempt;
}

export const findOpen = (open: OpenAttempts, ref: AttemptRef): OpenAttempt | undefined =>
  open.byKey.get(attemptKey(ref));

export const closeAttempt = (open: OpenAttempts, ref: AttemptRef): void =>
  void open.byKey.delete(attemptKey(ref));

/** How many more tasks may be asked for now; from here on they count as granted. */
export function grantCredit(open: OpenAttempts): number {
  const more = Math.max(0, open.wanted - open.byKey.size - open.granted);
  open.granted += more;
  return more;
}
