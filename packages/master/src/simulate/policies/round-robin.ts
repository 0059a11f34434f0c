/**
 * The policy of somebody who neither measures nor chooses: cluster by cluster in the file's order every machine that
 * one quantum's money buys, each renewed until the bag or the money ends. To compare with, nothing else.
 */
import type { MachineId } from "@stint/shared/ids.js";
import { after, between, type Duration, type Instant } from "@stint/shared/units.js";
import { allEnded } from "../../planner/attempts/attempts.js";
import { machineOf, takesTasks } from "../../planner/machines/machines.js";
import { charge, quantum } from "../../planner/money/tariff.js";
import type { ClusterIndex } from "../../planner/vocabulary/configuration.js";
import type { Tariff } from "@stint/shared/cluster.js";
import { nextWaiting, startKind } from "./observing-ledger.js";
import type { ObservedWorld, Policy } from "./observed-world.js";

/** What this policy holds to be paid for a machine. */
interface Lease {
  readonly cluster: ClusterIndex;
  readonly tariff: Tariff;
  readonly from: Instant;
  until: Instant;
}

interface RoundRobin {
  readonly world: ObservedWorld;
  readonly budget: number;
  /** How long a machine of each cluster is paid for at a time. */
  readonly quanta: readonly Duration[];
  /** Machines that were rented and not given back. */
  readonly leases: Map<MachineId, Lease>;
}

export function roundRobin(world: ObservedWorld, budget: number | undefined): Policy {
  const { clusters } = world.run.settings;
  const policy: RoundRobin = {
    world,
    budget: budget ?? Infinity,
    quanta: clusters.map(({ tariff }) => quantum(tariff, budget as Parameters<typeof quantum>[1])),
    leases: new Map(),
  };
  return {
    begin() {
      clusters.forEach(({ most }, cluster) => {
        for (let count = 0; count < most && rent(policy, cluster); count += 1);
      });
      endIfOver(policy);
    },
    heard(event) {
      if (event.kind === "machine-launch-failed") policy.leases.delete(event.machine);
      if (event.kind === "machine-gone") replace(policy, event.machine);
      giveTasks(policy);
      endIfOver(policy);
    },
  };
}

/** @returns whether the money was there */
function rent(policy: RoundRobin, cluster: ClusterIndex): boolean {
  const { world, quanta, leases } = policy;
  const tariff = world.run.settings.clusters[cluster]?.tariff;
  const step = quanta[cluster];
  if (tariff === undefined || step === undefined || charge(tariff, step) > moneyLeft(policy)) return false;
  const machine = world.rent(cluster);
  const until = after(world.now(), step);
  leases.set(machine, { cluster, tariff, from: world.now(), until });
  world.plan(until, () => renew(policy, machine));
  return true;
}

/** A machine that was given back costs what it has had, until its bill is in. */
function moneyLeft({ world, budget, leases }: RoundRobin): number {
  const { billed, accounts } = world.run.money;
  let left = budget - billed;
  for (const [machine, { tariff, billedFrom }] of accounts)
    left -= charge(tariff, between(billedFrom, leases.get(machine)?.until ?? world.now()));
  return left;
}

function renew(policy: RoundRobin, machine: MachineId): void {
  const { world, quanta, leases } = policy;
  const lease = leases.get(machine);
  if (lease === undefined) return;
  const { tariff, from, cluster } = lease;
  if (hasNothingToDo(world, machine)) {
    giveBack(policy, machine);
    return;
  }
  const until = after(lease.until, quanta[cluster] ?? tariff.atu);
  const more = charge(tariff, between(from, until)) - charge(tariff, between(from, lease.until));
  if (more > moneyLeft(policy)) {
    giveBack(policy, machine);
    return;
  }
  lease.until = until;
  world.plan(until, () => renew(policy, machine));
}

/** What is paid is kept: a task may come back from a machine that goes. */
const hasNothingToDo = ({ run }: ObservedWorld, machine: MachineId): boolean =>
  run.attempts.count.waiting === 0 && machineOf(run, machine).active === 0;

function giveBack({ world, leases }: RoundRobin, machine: MachineId): void {
  leases.delete(machine);
  world.release(machine);
}

/** A machine that was lost is rented anew, if the money is there. */
function replace(policy: RoundRobin, machine: MachineId): void {
  const lease = policy.leases.get(machine);
  if (lease === undefined) return;
  policy.leases.delete(machine);
  rent(policy, lease.cluster);
}

function giveTasks(policy: RoundRobin): void {
  const { world } = policy;
  for (const id of [...world.run.attempts.hungry]) {
    const machine = machineOf(world.run, id);
    for (let task = nextWaiting(world.run); takesTasks(machine) && task !== undefined;) {
      world.start(id, task, startKind(world.run, task));
      task = nextWaiting(world.run);
    }
  }
}

function endIfOver({ world, leases }: RoundRobin): void {
  const { attempts, shape } = world.run;
  if (allEnded(attempts)) {
    const isDone = attempts.count.done === shape.size;
    world.end(isDone ? "done" : "failed-tasks", isDone ? "all tasks are done" : "all tasks have ended");
  } else if (leases.size === 0 && world.run.machines.live.size === 0) {
    world.end("budget-too-low", "the money buys no machine any more");
  }
}
