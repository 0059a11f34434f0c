/**
 * The machines that BaTS has, and what it holds to be spent: whole ATUs by each machine's own clock, not what the
 * world bills.
 */
import { attemptKey, type MachineId, type TaskIndex } from "@stint/shared/ids.js";
import { between, inSeconds, type Duration } from "@stint/shared/units.js";
import type { ClosedAttempt } from "../../../planner/attempts/closed.js";
import type { AttemptKind } from "../../../planner/attempts/records.js";
import { machineOf, takesTasks } from "../../../planner/machines/machines.js";
import type { ClusterIndex } from "../../../planner/vocabulary/configuration.js";
import { EPOCH } from "../../imagined-world.js";
import type { ObservedWorld } from "../observed-world.js";
import { atusBegun, newMachine, type BatsMachine } from "./bats-machine.js";
import type { PricedFleet } from "./priced-fleet.js";

export interface Crew {
  readonly world: ObservedWorld;
  readonly fleet: PricedFleet;
  readonly machines: Map<MachineId, BatsMachine>;
  /** For machines that are gone, in the fleet's unit of money. */
  spent: number;
  rented: number;
}

export const newCrew = (world: ObservedWorld, fleet: PricedFleet): Crew => ({
  world,
  fleet,
  machines: new Map(),
  spent: 0,
  rented: 0,
});

export const inMinutes = (span: Duration): number => inSeconds(span) / 60;
/** Minutes since the run began. */
export const minutesNow = ({ world }: Crew): number => inMinutes(between(EPOCH, world.now()));
export const costOf = ({ fleet }: Crew, cluster: ClusterIndex): number => fleet.clusters[cluster]?.cost ?? 0;

export function rentOne(crew: Crew, cluster: ClusterIndex): BatsMachine {
  const machine = newMachine(crew.world.rent(cluster), cluster, crew.rented);
  crew.rented += 1;
  crew.machines.set(machine.id, machine);
  return machine;
}

export function leave(crew: Crew, machine: BatsMachine): void {
  forget(crew, machine);
  crew.world.release(machine.id);
}

/** It is gone, or never came. */
export function loseMachine(crew: Crew, id: MachineId): void {
  const machine = crew.machines.get(id);
  if (machine !== undefined) forget(crew, machine);
}

function forget(crew: Crew, { id, cluster, askedAt }: BatsMachine): void {
  crew.machines.delete(id);
  if (askedAt === undefined) return;
  crew.spent += atusBegun(minutesNow(crew) - askedAt, crew.fleet.atu) * costOf(crew, cluster);
}

export function startOn(crew: Crew, machine: BatsMachine, task: TaskIndex, kind: AttemptKind): void {
  const { world } = crew;
  world.start(machine.id, task, kind);
  const attempt = world.run.attempts.ordered[task] as ClosedAttempt["attempt"];
  machine.current.set(attemptKey({ task, attempt }), { task, since: minutesNow(crew) });
}

export function noteClosed(crew: Crew, closed: ClosedAttempt): void {
  const machine = crew.machines.get(closed.machine);
  if (machine === undefined) return;
  machine.current.delete(attemptKey(closed));
  if (!taught(closed)) return;
  machine.jobs += 1;
  machine.busy += runtimeOf(closed);
}

/** Did it run to its end? */
export const taught = ({ outcome }: ClosedAttempt): boolean => outcome === "done" || outcome === "spare";
export const runtimeOf = ({ startedAt, endedAt }: ClosedAttempt): number =>
  inMinutes(between(startedAt, endedAt));

/** Every slot that is free asks; `answer` starts something, or says that there is nothing for it. */
export function answerRequests(crew: Crew, answer: (machine: BatsMachine) => boolean): void {
  const { run } = crew.world;
  for (const id of [...run.attempts.hungry]) {
    const machine = crew.machines.get(id);
    if (machine === undefined) continue;
    machine.askedAt ??= minutesNow(crew);
    while (takesTasks(machineOf(run, id)) && answer(machine));
  }
}

/** A machine goes when none of its slots is at work. */
export function leaveIfIdle(crew: Crew, machine: BatsMachine): false {
  if (machine.current.size === 0) leave(crew, machine);
  return false;
}
