/**
 * Brings the fleet to what is wanted: machines on their way out are kept first, then new ones are rented;
 * where there are too many, those whose owed time ends soonest leave.
 */
import { after, minutes, timesLonger, type MicroUsd } from "@stint/shared/units.js";
import { bootOf, clusterMachines, clusterOf, mostNow, type Machine } from "../machines/machines.js";
import type { KeepMachine, LimitCluster, MachineDecision, MarkLeaving } from "../machines/records.js";
import { accountOf, freeMoney } from "../money/ledger.js";
import { charge, owedUntil, quantum } from "../money/tariff.js";
import type { OfferRun } from "../offer/offer-state.js";
import { rentMany } from "../sample/plan-sample.js";
import { expectedFull } from "../estimate/expect.js";
import type { ClusterIndex } from "../vocabulary/configuration.js";

/** Launches in a row that may fail before a cluster is left alone for a while. */
const PATIENCE = 3;
const PAUSE = minutes(3);
const PAUSE_GROWTH = 10;

export function reconcile(run: OfferRun): MachineDecision[] {
  const decisions: MachineDecision[] = [];
  let free = freeMoney(run.money);
  run.settings.clusters.forEach((_, cluster) => {
    const limited = limitAfterFailures(run, cluster);
    if (limited !== undefined) decisions.push(limited);
    const most =
      limited === undefined ? mostNow(run, cluster) : Math.min(mostNow(run, cluster), limited.most);
    const wanted = Math.min(run.offer.wanted?.[cluster] ?? 0, most);
    const staying = stayingMachines(run, cluster);
    if (staying.length > wanted) decisions.push(...markLeaving(run, staying, wanted));
    const kept = keepLeaving(run, cluster, wanted - staying.length);
    decisions.push(...kept);
    const rents = rentMissing(run, cluster, {
      missing: wanted - staying.length - kept.length,
      have: staying.length,
      wanted,
      free,
    });
    if (free !== undefined)
      free = (free - rents.reduce((sum) => sum + firstLease(run, cluster), 0)) as MicroUsd;
    decisions.push(...rents);
  });
  return decisions;
}

const machinesOf = (run: OfferRun, cluster: ClusterIndex): Machine[] =>
  [...run.machines.live.values()].filter(
    (machine) => machine.cluster === cluster && machine.state !== "releasing",
  );

const stayingMachines = (run: OfferRun, cluster: ClusterIndex): Machine[] =>
  machinesOf(run, cluster).filter((machine) => !machine.leaving);

const owedEnd = (run: OfferRun, machine: Machine): number => {
  const { tariff, billedFrom } = accountOf(run.money, machine.id);
  return owedUntil(tariff, billedFrom, run.at);
};

function markLeaving(run: OfferRun, staying: readonly Machine[], wanted: number): MarkLeaving[] {
  const soonestFirst = [...staying].sort(
    (a, b) => owedEnd(run, a) - owedEnd(run, b) || a.active - b.active || b.rentedAt - a.rentedAt,
  );
  return soonestFirst.slice(0, staying.length - wanted).map((machine) => ({
    kind: "mark-leaving",
    machine: machine.id,
    because: { kind: "plan-wants-fewer", wanted, have: staying.length, owedUntil: owedEnd(run, machine) },
  }));
}

/** Those with most owed time left stay. */
function keepLeaving(run: OfferRun, cluster: ClusterIndex, missing: number): KeepMachine[] {
  if (missing <= 0) return [];
  const leaving = machinesOf(run, cluster).filter(
    (machine) => machine.leaving && machine.silentSince === undefined,
  );
  return leaving
    .sort((a, b) => owedEnd(run, b) - owedEnd(run, a))
    .slice(0, missing)
    .map((machine) => ({
      kind: "keep-machine",
      machine: machine.id,
      because: { kind: "plan-wants", wanted: missing, have: leaving.length },
    }));
}

const firstLease = (run: OfferRun, cluster: ClusterIndex): MicroUsd => {
  const { tariff } = clusterOf(run, cluster);
  return charge(tariff, quantum(tariff));
};

interface Want {
  readonly missing: number;
  readonly have: number;
  readonly wanted: number;
  readonly free: MicroUsd | undefined;
}

function rentMissing(run: OfferRun, cluster: ClusterIndex, want: Want): MachineDecision[] {
  const { waiting } = run.attempts.count;
  const useful = Math.min(want.missing, Math.ceil(waiting / clusterOf(run, cluster).slots));
  if (run.money.short && run.settings.whenShort === "finish-paid") return [];
  if (useful <= 0 || !buysATask(run, cluster, want.free)) return [];
  const price = firstLease(run, cluster);
  const affordable =
    want.free === undefined || price === 0
      ? useful
      : Math.min(useful, Math.floor(Math.max(0, want.free) / price));
  return rentMany(run, cluster, affordable, { kind: "plan-wants", wanted: want.wanted, have: want.have });
}

/** A new machine is of use only if the free money keeps it until it has booted and ended a task. */
export function buysATask(run: OfferRun, cluster: ClusterIndex, free: MicroUsd | undefined): boolean {
  const { tariff } = clusterOf(run, cluster);
  if (free === undefined || tariff.price === 0) return true;
  const expected = expectedFull(run.estimate, cluster) ?? tariff.atu;
  const needed = timesLonger(expected, 1);
  return charge(tariff, ((bootOf(run, cluster) as number) + needed + tariff.grace) as typeof needed) <= free;
}

function limitAfterFailures(run: OfferRun, cluster: ClusterIndex): LimitCluster | undefined {
  const state = clusterMachines(run, cluster);
  if (state.failedLaunches < PATIENCE) return undefined;
  const pause = Math.min(PAUSE_GROWTH, 2 ** state.timesLimited);
  const have = machinesOf(run, cluster).filter((machine) => machine.readyAt !== undefined).length;
  return {
    kind: "limit-cluster",
    cluster,
    most: have,
    until: after(run.at, timesLonger(PAUSE, pause)),
    because: {
      kind: "delivers-less",
      asked: run.offer.wanted?.[cluster] ?? 0,
      failed: state.failedLaunches,
      have,
    },
  };
}
