/**
 * The imagined provider and its agents: machines that boot, are lost, run tasks for as long as they truly take,
 * and end themselves when what was paid for them is over. Whatever they say is planned, never said at once, so
 * that no event is worked on inside another.
 */
import { driftAt } from "@stint/shared/cluster.js";
import type { AttemptRef, MachineId } from "@stint/shared/ids.js";
import { present } from "@stint/shared/invariant.js";
import type { AttemptEnding, AttemptResult } from "@stint/shared/observation.js";
import { after, before, hours, later, seconds, timesLonger, type Instant } from "@stint/shared/units.js";
import type { Agents, LaunchOrder, Provisioner } from "../drive/ports.js";
import type { RunEvent } from "../planner/records.js";
import { randomStream } from "../planner/stats/draws.js";
import type { ClusterIndex } from "../planner/vocabulary/configuration.js";
import type { RunSettings } from "../planner/vocabulary/settings.js";
import { drawSeconds } from "./draw-distribution.js";
import type { ImaginedCluster } from "./imagined-cluster.js";
import { freeSlots, occupySlot, slotOf, vacateSlot, type ImaginedMachine } from "./imagined-machine.js";
import type { Truth } from "./true-runtimes.js";

/** What a fleet is told of the world it is in. */
export interface Surroundings {
  readonly settings: RunSettings;
  readonly clusters: readonly ImaginedCluster[];
  readonly truth: Truth;
  now(): Instant;
  plan(at: Instant, happen: () => void): void;
  deliver(event: RunEvent): void;
  /** The share of the bag that has ended, 0 to 1. */
  doneShare(): number;
}

export interface ImaginedFleet {
  readonly provisioner: Provisioner;
  readonly agents: Agents;
  /** Machines that are there, booting ones included. */
  readonly machines: ReadonlyMap<MachineId, ImaginedMachine>;
  /** Every agent says hello again to a master that has come back. */
  helloAgain(): void;
}

interface Fleet extends Surroundings {
  readonly machines: Map<MachineId, ImaginedMachine>;
}

export function createFleet(surroundings: Surroundings): ImaginedFleet {
  const fleet: Fleet = { ...surroundings, machines: new Map() };
  return {
    machines: fleet.machines,
    helloAgain() {
      for (const machine of fleet.machines.values()) if (machine.booted) sayHelloAgain(fleet, machine);
    },
    provisioner: {
      launch: (order) => launch(fleet, order),
      release: (id) => {
        if (fleet.machines.delete(id)) sayGone(fleet, id, "released");
      },
      recover: (orders) => {
        for (const { machine } of orders) {
          if (!fleet.machines.has(machine)) sayGone(fleet, machine, "not found");
        }
      },
    },
    agents: {
      start: (id, starts) => {
        const machine = fleet.machines.get(id);
        if (machine === undefined) return;
        for (const { task, attempt } of starts) startAttempt(fleet, machine, { task, attempt });
      },
      cancel: (id, attempts) => cancel(fleet, id, attempts),
      renew: (id, paidUntil) => {
        const machine = fleet.machines.get(id);
        if (machine === undefined) return;
        machine.paidUntil = later(machine.paidUntil, paidUntil);
        planOwnEnd(fleet, machine);
      },
      dismiss: () => undefined,
      settled: () => undefined,
    },
  };
}

/** Says something as soon as whoever is working now has finished. */
function say(fleet: Fleet, event: (at: Instant) => RunEvent): void {
  fleet.plan(fleet.now(), () => fleet.deliver(event(fleet.now())));
}

const sayGone = (fleet: Fleet, machine: MachineId, cause: string): void =>
  say(fleet, (at) => ({ kind: "machine-gone", machine, cause, at }));

function launch(fleet: Fleet, order: LaunchOrder): void {
  const { machine: id } = order;
  if (fleet.machines.has(id)) return;
  const cluster = fleet.settings.clusters.findIndex(({ name }) => name === order.cluster.name);
  const imagined = imaginedOf(fleet, cluster);
  if (randomStream(fleet.settings.seed, `delivers:${id}`).uniform() >= imagined.delivers) {
    say(fleet, (at) => ({
      kind: "machine-launch-failed",
      machine: id,
      code: "no-capacity",
      message: `${order.cluster.name} has no machine left`,
      at,
    }));
    return;
  }
  const slots = Array.from({ length: order.cluster.slots }, () => undefined);
  const machine = { id, cluster, paidUntil: order.paidUntil, booted: false, slots };
  fleet.machines.set(id, machine);
  say(fleet, (at) => ({ kind: "machine-launched", machine: id, at }));
  planBoot(fleet, machine, imagined);
  planLoss(fleet, machine, imagined);
  planOwnEnd(fleet, machine);
}

const imaginedOf = (fleet: Fleet, cluster: ClusterIndex): ImaginedCluster =>
  present(fleet.clusters[cluster], "the cluster is imagined", { cluster });

const isThere = (fleet: Fleet, machine: ImaginedMachine): boolean =>
  fleet.machines.get(machine.id) === machine;

function planBoot(fleet: Fleet, machine: ImaginedMachine, { boot }: ImaginedCluster): void {
  const { id, slots } = machine;
  const takes = seconds(drawSeconds(boot, randomStream(fleet.settings.seed, `boot:${id}`)));
  fleet.plan(after(fleet.now(), takes), () => {
    if (!isThere(fleet, machine)) return;
    machine.booted = true;
    fleet.deliver({ kind: "machine-ready", machine: id, slots: slots.length, at: fleet.now() });
    sayWanted(fleet, machine);
  });
}

const sayWanted = (fleet: Fleet, machine: ImaginedMachine): void =>
  say(fleet, (at) => ({ kind: "tasks-wanted", machine: machine.id, credit: freeSlots(machine), at }));

function sayHelloAgain(fleet: Fleet, machine: ImaginedMachine): void {
  say(fleet, (at) => ({ kind: "machine-ready", machine: machine.id, slots: machine.slots.length, at }));
  say(fleet, (at) => ({ kind: "machine-back", machine: machine.id, at }));
  sayWanted(fleet, machine);
}

/** The time to a loss is exponential. */
function planLoss(fleet: Fleet, machine: ImaginedMachine, { lossPerHour }: ImaginedCluster): void {
  if (lossPerHour === 0) return;
  const stream = randomStream(fleet.settings.seed, `loss:${machine.id}`);
  const lifetime = hours(-Math.log(1 - stream.uniform()) / lossPerHour);
  fleet.plan(after(fleet.now(), lifetime), () => {
    if (!isThere(fleet, machine)) return;
    fleet.machines.delete(machine.id);
    sayGone(fleet, machine.id, "lost");
  });
}

/** A machine trusts no master with its end: at paid-until, less the grace, it ends what it runs and itself. */
function planOwnEnd(fleet: Fleet, machine: ImaginedMachine): void {
  const { paidUntil } = machine;
  const grace = present(fleet.settings.clusters[machine.cluster], "the cluster exists").tariff.grace;
  fleet.plan(later(before(paidUntil, grace), fleet.now()), () => {
    if (!isThere(fleet, machine) || machine.paidUntil > paidUntil) return;
    const running = machine.slots.flatMap((held) => (held === undefined ? [] : [held.ref]));
    const results = running.flatMap((ref) => endAttempt(fleet, machine, ref, { kind: "cancelled" }));
    fleet.machines.delete(machine.id);
    if (results.length > 0) sayEnded(fleet, machine, results, 0);
    sayGone(fleet, machine.id, "ended by itself");
  });
}

function startAttempt(fleet: Fleet, machine: ImaginedMachine, ref: AttemptRef): void {
  if (slotOf(machine, ref) >= 0) return;
  occupySlot(machine, { ref, startedAt: fleet.now() });
  const imagined = imaginedOf(fleet, machine.cluster);
  const whole = timesLonger(
    fleet.truth.runtimeOf(ref.task, machine.cluster),
    driftAt(imagined, fleet.doneShare()),
  );
  const failsAfter = fleet.truth.failsAfter(ref, machine.cluster);
  const runtime = failsAfter === undefined ? whole : timesLonger(whole, failsAfter);
  fleet.plan(after(fleet.now(), runtime), () => {
    if (!isThere(fleet, machine)) return;
    const code = failsAfter === undefined ? 0 : 1;
    const results = endAttempt(fleet, machine, ref, { kind: "exited", code });
    if (results.length > 0) sayEnded(fleet, machine, results, results.length);
  });
}

function cancel(fleet: Fleet, id: MachineId, attempts: readonly AttemptRef[]): void {
  const machine = fleet.machines.get(id);
  if (machine === undefined) return;
  const results = attempts.flatMap((ref) => endAttempt(fleet, machine, ref, { kind: "cancelled" }));
  if (results.length > 0) sayEnded(fleet, machine, results, results.length);
}

function endAttempt(
  fleet: Fleet,
  machine: ImaginedMachine,
  ref: AttemptRef,
  ending: AttemptEnding,
): AttemptResult[] {
  const result = vacateSlot(machine, ref, { at: fleet.now(), ending });
  return result === undefined ? [] : [result];
}

const sayEnded = (
  fleet: Fleet,
  machine: ImaginedMachine,
  results: readonly AttemptResult[],
  credit: number,
): void => say(fleet, (at) => ({ kind: "attempts-ended", machine: machine.id, results, credit, at }));
