/** What each machine record changes. What the attempts on a machine make of it is the next room's. */
import { machineId, type MachineId } from "@stint/shared/ids.js";
import { invariant } from "@stint/shared/invariant.js";
import { addTime, between, NO_MONEY, NO_TIME, type Instant } from "@stint/shared/units.js";
import { cancelAccount, extendAccount, openAccount, repriceAccount } from "../money/ledger.js";
import type { PriceChanged } from "../money/records.js";
import type { ClusterIndex } from "../vocabulary/configuration.js";
import { clusterMachines, clusterOf, machineOf, type Machine, type MachinesRun } from "./machines.js";
import type {
  LimitCluster,
  MachineDecision,
  MachineEvent,
  MachineReady,
  ReleaseMachine,
  RentMachine,
} from "./records.js";

export const nextMachineId = (run: MachinesRun, cluster: ClusterIndex): MachineId =>
  machineId(clusterOf(run, cluster).name, clusterMachines(run, cluster).rented + 1);

/** A report about a machine that is forgotten, or no longer wanted, changes nothing. */
export function applyMachineEvent(run: MachinesRun, event: MachineEvent): void {
  const machine = run.machines.live.get(event.machine);
  if (machine === undefined) return;
  switch (event.kind) {
    case "machine-launched":
      if (machine.state === "ordered") machine.state = "launched";
      return;
    case "machine-launch-failed":
      clusterMachines(run, machine.cluster).failedLaunches += 1;
      cancelAccount(run.money, machine.id);
      forget(run, machine);
      return;
    case "machine-ready":
      becomeReady(run, machine, event);
      return;
    case "machine-silent":
      machine.silentSince ??= event.since;
      return;
    case "machine-back":
      machine.silentSince = undefined;
      machine.unheard = false;
      return;
    case "machine-gone":
      // The account is closed by the room that knows what its attempts cost; see settle-machine.ts.
      return;
  }
}

function becomeReady(run: MachinesRun, machine: Machine, event: MachineReady): void {
  machine.silentSince = undefined;
  machine.unheard = false;
  if (machine.readyAt !== undefined) return;
  machine.readyAt = event.at;
  machine.slots = event.slots;
  machine.idleSince = event.at;
  if (machine.state !== "releasing") machine.state = "ready";
  const cluster = clusterMachines(run, machine.cluster);
  cluster.failedLaunches = 0;
  cluster.timesLimited = 0;
  cluster.bootSum = addTime(cluster.bootSum, between(machine.rentedAt, event.at));
  cluster.bootSeen += 1;
}

export function applyMachineDecision(run: MachinesRun, decision: MachineDecision): void {
  switch (decision.kind) {
    case "rent-machine":
      rent(run, decision);
      return;
    case "renew-machine":
      extendAccount(run.money, decision.machine, decision.paidUntil);
      // What the last of the money buys is not followed by more.
      machineOf(run, decision.machine).lapsing = decision.because.kind === "last-of-the-money";
      return;
    case "mark-leaving":
      machineOf(run, decision.machine).leaving = true;
      return;
    case "keep-machine":
      machineOf(run, decision.machine).leaving = false;
      return;
    case "release-machine":
      release(run, machineOf(run, decision.machine), decision);
      return;
    case "let-lapse":
      machineOf(run, decision.machine).lapsing = true;
      return;
    case "limit-cluster":
      limit(run, decision);
      return;
  }
}

function rent(run: MachinesRun, decision: RentMachine): void {
  const { tariff, slots } = clusterOf(run, decision.cluster);
  invariant(decision.machine === nextMachineId(run, decision.cluster), "machines are numbered in order", {
    machine: decision.machine,
  });
  openAccount(run.money, decision.machine, { tariff, billedFrom: run.at, paidUntil: decision.paidUntil });
  run.machines.live.set(decision.machine, newMachine(decision, run.at, slots));
  const cluster = clusterMachines(run, decision.cluster);
  cluster.rented += 1;
  cluster.live += 1;
}

/** One that never said hello counts like a launch that failed. */
function release(run: MachinesRun, machine: Machine, { because }: ReleaseMachine): void {
  machine.state = "releasing";
  if (because.kind === "no-hello") clusterMachines(run, machine.cluster).failedLaunches += 1;
}

const newMachine = (decision: RentMachine, rentedAt: Instant, slots: number): Machine => ({
  id: decision.machine,
  cluster: decision.cluster,
  state: "ordered",
  rentedAt,
  readyAt: undefined,
  slots,
  leaving: false,
  silentSince: undefined,
  unheard: false,
  credit: 0,
  active: 0,
  bookedSlotTime: NO_TIME,
  bookedWorth: 0n,
  bookedCost: NO_MONEY,
  idleSince: undefined,
  lapsing: false,
});

function limit(run: MachinesRun, decision: LimitCluster): void {
  const cluster = clusterMachines(run, decision.cluster);
  cluster.limit = { most: decision.most, until: decision.until };
  cluster.timesLimited += 1;
  cluster.failedLaunches = 0;
}

/** What is rented and renewed of a cluster from now on has another price. */
export function changePrice(run: MachinesRun, event: PriceChanged): void {
  showPrice(run, event);
  for (const machine of run.machines.live.values())
    if (machine.cluster === event.cluster) repriceAccount(run.money, machine.id, event.price);
}

/** Only what is rented from now on has another price. */
export function showPrice(run: MachinesRun, { cluster, price }: PriceChanged): void {
  run.settings = {
    ...run.settings,
    clusters: run.settings.clusters.map((one, index) =>
      index === cluster ? { ...one, tariff: { ...one.tariff, price } } : one,
    ),
  };
}

/** Takes a machine off the fleet; its account must be settled already. */
export function forget(run: MachinesRun, machine: Machine): void {
  invariant(!run.money.accounts.has(machine.id), "a machine is settled before it is forgotten", {
    id: machine.id,
  });
  run.machines.live.delete(machine.id);
  clusterMachines(run, machine.cluster).live -= 1;
}

/** A master that begins anew tries again whatever did not come. */
export function forgetLimits(run: MachinesRun): void {
  for (const cluster of run.machines.clusters) {
    cluster.limit = undefined;
    cluster.timesLimited = 0;
    cluster.failedLaunches = 0;
  }
}
