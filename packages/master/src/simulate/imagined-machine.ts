/** One imagined machine: what it was asked to run, until when it is paid, and whether it is still there. */
import type { AttemptRef, MachineId } from "@stint/shared/ids.js";
import { invariant } from "@stint/shared/invariant.js";
import type { AttemptEnding, AttemptResult } from "@stint/shared/observation.js";
import type { Instant } from "@stint/shared/units.js";
import type { ClusterIndex } from "../planner/vocabulary/configuration.js";

export interface HeldAttempt {
  readonly ref: AttemptRef;
  readonly startedAt: Instant;
}

export interface ImaginedMachine {
  readonly id: MachineId;
  readonly cluster: ClusterIndex;
  paidUntil: Instant;
  booted: boolean;
  /** What each slot runs. */
  readonly slots: (HeldAttempt | undefined)[];
}

export const freeSlots = (machine: ImaginedMachine): number =>
  machine.slots.filter((held) => held === undefined).length;

export const slotOf = (machine: ImaginedMachine, ref: AttemptRef): number =>
  machine.slots.findIndex((held) => held?.ref.task === ref.task && held.ref.attempt === ref.attempt);

export function occupySlot(machine: ImaginedMachine, held: HeldAttempt): void {
  const slot = machine.slots.indexOf(undefined);
  invariant(slot >= 0, "an agent is given no more than it asked for", { machine: machine.id });
  machine.slots[slot] = held;
}

/** What an agent reports of an attempt that it no longer runs; nothing if it does not run it. */
export function vacateSlot(
  machine: ImaginedMachine,
  ref: AttemptRef,
  how: { readonly at: Instant; readonly ending: AttemptEnding },
): AttemptResult | undefined {
  const slot = slotOf(machine, ref);
  const held = machine.slots[slot];
  if (held === undefined) return undefined;
  machine.slots[slot] = undefined;
  const { task, attempt } = held.ref;
  return {
    task,
    attempt,
    ending: how.ending,
    startedAt: held.startedAt,
    endedAt: how.at,
    slot: slot + 1,
    stdoutBytes: 0,
    stderrBytes: 0,
  };
}
