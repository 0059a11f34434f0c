/** Is every machine rented once, kept within its cluster's number, paid for longer and never shorter, and let go? */
import type { MachineId } from "@stint/shared/ids.js";
import type { MachineDecision, MachineEvent, RentMachine, RenewMachine } from "../machines/records.js";
import { bill, forgive, reserve } from "./money-laws.js";
import { loseAttempts } from "./task-laws.js";
import { breaks, type SeenMachine, type Witness } from "./witness.js";

/** News of a machine that is gone already, or was never rented, changes nothing. */
export function seeMachineEvent(seen: Witness, event: MachineEvent): void {
  const machine = seen.machines.get(event.machine);
  if (machine === undefined) return;
  switch (event.kind) {
    case "machine-launched":
      return;
    case "machine-launch-failed":
      forgive(seen, machine);
      {
        forget(seen, event.machine, machine);
        return;
      }
    case "machine-ready":
      machine.ready = true;
      machine.silent = false;
      machine.unheard = false;
      return;
    case "machine-silent":
      machine.silent = true;
      return;
    case "machine-back":
      machine.silent = false;
      machine.unheard = false;
      return;
    case "machine-gone":
      bill(seen, machine);
      {
        forget(seen, event.machine, machine);
        return;
      }
  }
}

function forget(seen: Witness, id: MachineId, machine: SeenMachine): void {
  loseAttempts(seen, machine);
  if (!machine.released) seen.kept[machine.cluster] = (seen.kept[machine.cluster] ?? 0) - 1;
  seen.machines.delete(id);
}

export function seeMachineDecision(seen: Witness, decision: MachineDecision): void {
  if (decision.kind === "limit-cluster") return;
  if (decision.kind === "rent-machine") {
    seeRent(seen, decision);
    return;
  }
  const machine = seen.machines.get(decision.machine);
  if (machine === undefined) {
    breaks(
      seen,
      "orders-name-live-machines",
      `${decision.kind} names ${decision.machine}, which does not exist`,
    );
    return;
  }
  switch (decision.kind) {
    case "renew-machine": {
      seeRenewal(seen, decision, machine);
      return;
    }
    case "release-machine":
      if (!machine.released) seen.kept[machine.cluster] = (seen.kept[machine.cluster] ?? 0) - 1;
      machine.released = true;
      return;
    case "let-lapse":
      machine.lapsing = true;
      return;
    case "mark-leaving":
    case "keep-machine":
      return;
  }
}

function seeRent(seen: Witness, { machine: id, cluster, paidUntil }: RentMachine): void {
  const terms = seen.settings.clusters[cluster];
  if (terms === undefined) {
    breaks(seen, "orders-name-live-machines", `${id} is rented of cluster ${cluster}, which does not exist`);
    return;
  }
  if (seen.stopping) breaks(seen, "nothing-new-while-stopping", `${id} is rented although the run winds up`);
  if (seen.paused) breaks(seen, "nothing-new-while-paused", `${id} is rented although the run is paused`);
  if (seen.everRented.has(id)) {
    breaks(seen, "rented-once", `${id} is rented a second time`);
    return;
  }
  if (paidUntil <= seen.at)
    breaks(seen, "leases-only-grow", `${id} is rented until ${paidUntil}, which is not ahead`);
  const kept = (seen.kept[cluster] ?? 0) + 1;
  if (kept > terms.most)
    breaks(seen, "machines-within-most", `${terms.name} has ${kept} machines, at most ${terms.most}`);
  seen.kept[cluster] = kept;
  seen.everRented.add(id);
  const machine: SeenMachine = {
    cluster,
    rentedAt: seen.at,
    paidUntil,
    leases: [],
    liability: 0n,
    ready: false,
    silent: false,
    released: false,
    lapsing: false,
    unheard: false,
    attempts: new Set(),
  };
  seen.machines.set(id, machine);
  reserve(seen, machine);
}

function seeRenewal(seen: Witness, decision: RenewMachine, machine: SeenMachine): void {
  const { machine: id, paidUntil } = decision;
  const told = (why: string): void => breaks(seen, "leases-only-grow", `${id} is renewed ${why}`);
  if (seen.ended !== undefined) breaks(seen, "nothing-new-while-stopping", `${id} is renewed after the end`);
  if (seen.paused) breaks(seen, "nothing-new-while-paused", `${id} is renewed although the run is paused`);
  if (machine.released) told("after it was given back");
  if (machine.silent) told("although nothing is heard of it");
  if (seen.at >= machine.paidUntil) told(`at ${seen.at}, after its paid-until ${machine.paidUntil}`);
  if (paidUntil <= machine.paidUntil) {
    told(`from ${machine.paidUntil} to ${paidUntil}, which is no longer`);
    return;
  }
  machine.paidUntil = paidUntil;
  machine.lapsing = decision.because.kind === "last-of-the-money";
  reserve(seen, machine);
}
