/**
 * The loop, written once for a live run and an imagined one: next event, one step of the planner, its frame
 * written down, then carried out. Nothing is carried out, and nothing acknowledged, before its frame is durable.
 */
import type { Instant } from "@stint/shared/units.js";
import { step } from "../planner/decide.js";
import { nextWake } from "../planner/next-wake.js";
import type { Frame, RunEvent } from "../planner/records.js";
import type { Run } from "../planner/run-state.js";
import { carryOut } from "./carry-out.js";
import type { Closed, Deliver, Ports } from "./ports.js";

export interface Drive {
  readonly deliver: Deliver;
  readonly run: Run;
}

/** Events that wait while one is being worked on; a world that delivers more than this is broken. */
const MAILBOX_MOST = 1_000_000;

/**
 * @param run already brought to where the journal ends
 * @param ports made beforehand; they deliver through the returned drive
 */
export function createDrive(run: Run, ports: Ports): Drive {
  const mailbox: RunEvent[] = [];
  let working = false;
  let woken: Instant | undefined;

  const work = (event: RunEvent): void => {
    const frame = step(run, event);
    const closed = closedBy(run);
    if (event.kind === "time-passed") woken = undefined;
    ports.journal.append(frame, () => settle(frame, closed));
    const wake = run.phase === "ended" ? undefined : nextWake(run);
    if (wake !== woken) ports.clock.wakeAt(wake);
    woken = wake;
  };

  const settle = (frame: Frame, closed: Closed): void => {
    carryOut(frame, run, ports);
    ports.agents.settled(frame.event);
    ports.audience.seen(frame, run, closed);
  };

  const deliver: Deliver = (event) => {
    if (mailbox.length >= MAILBOX_MOST) throw new RangeError(`more than ${String(MAILBOX_MOST)} events wait`);
    mailbox.push(event);
    if (working) return;
    working = true;
    try {
      for (let index = 0; index < mailbox.length; index += 1) work(mailbox[index] as RunEvent);
    } finally {
      mailbox.length = 0;
      working = false;
    }
  };
  return { deliver, run };
}

/** What the last record closed; each record begins new lists, so these stay as they are. */
export const closedBy = (run: Run): Closed => ({
  attempts: run.closedAttempts,
  machines: run.closedMachines,
});
