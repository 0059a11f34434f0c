/** From the machines that BaTS has to those that a plan wants: who stays, who leaves, who is rented. */
import type { ClusterIndex } from "../../../planner/vocabulary/configuration.js";
import { endOfAtu, type BatsMachine } from "./bats-machine.js";
import { leave, minutesNow, rentOne, type Crew } from "./crew.js";
import type { BatsPlan } from "./plan.js";

/** Machines of a cluster that are not on their way out, those that are still to come included. */
export const staying = (crew: Crew, cluster: ClusterIndex): BatsMachine[] =>
  [...crew.machines.values()].filter(
    (machine) => machine.cluster === cluster && machine.leavesAt === undefined,
  );

/** @param paid ATUs that each machine will have been paid for: its plan begins after them */
export function reconfigure(crew: Crew, plan: BatsPlan, paid: ReadonlyMap<BatsMachine, number>): void {
  plan.machines.forEach((wanted, cluster) => {
    const have = staying(crew, cluster).length;
    if (wanted > have) grow(crew, cluster, wanted - have);
    else shrink(crew, cluster, have - wanted);
  });
  for (const machine of crew.machines.values()) {
    if (machine.leavesAt !== undefined) continue;
    machine.before = paid.get(machine) ?? 0;
    machine.plan = plan.atus;
  }
}

/** First those that were to leave, least time left first. */
function grow(crew: Crew, cluster: ClusterIndex, more: number): void {
  const leaving = [...crew.machines.values()]
    .filter((machine) => machine.cluster === cluster && machine.leavesAt !== undefined)
    .sort((a, b) => (a.leavesAt ?? 0) - (b.leavesAt ?? 0))
    .slice(0, more);
  for (const machine of leaving) machine.leavesAt = undefined;
  for (let count = leaving.length; count < more; count += 1) rentOne(crew, cluster);
}

/** First those that have not come, then the latest. */
function shrink(crew: Crew, cluster: ClusterIndex, fewer: number): void {
  const latest = staying(crew, cluster).sort(
    (a, b) => Number(b.askedAt === undefined) - Number(a.askedAt === undefined) || b.number - a.number,
  );
  for (const machine of latest.slice(0, fewer)) markLeaving(crew, machine);
}

/** It leaves at the end of its ATU; one that has not come, at once. */
export function markLeaving(crew: Crew, machine: BatsMachine): void {
  if (machine.askedAt === undefined) leave(crew, machine);
  else machine.leavesAt ??= endOfAtu(machine, minutesNow(crew), crew.fleet.atu);
}
