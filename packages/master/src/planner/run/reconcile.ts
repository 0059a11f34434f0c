/**
 * Brings the fleet to what is wanted: machines on their way out are kept first, then new ones are rented;
 * where there are too many, those whose owed time ends soonest leave.
 */
import {
  addTime,
  after,
  before,
  later,
  longer,
  minutes,
  shorter,
  timesLonger,
  type Instant,
} from "@stint/shared/units.js";
import { bootOf, clusterMachines, clusterOf, mostNow, type Machine } from "../machines/machines.js";
import type {
  KeepMachine,
  LimitCluster,
  MachineDecision,
  MarkLeaving,
  RentMachine,
} from "../machines/records.js";
import { accountOf, extensionCost, freeMoney } from "../money/ledger.js";
import { charge, owedUntil, quantum } from "../money/tariff.js";
import type { OfferRun } from "../offer/offer-state.js";
import { rentMany } from "../sample/plan-sample.js";
import { expectedFull } from "../estimate/expect.js";
import { isWorthRenting } from "./end-game.js";
import type { ClusterIndex, Configuration } from "../vocabulary/configuration.js";

/** Launches in a row that may fail before a cluster is left alone for a while. */
const PATIENCE = 3;
const PAUSE = minutes(3);
const PAUSE_GROWTH = 10;

/** Step by step, each on the run as the one before left it; who leaves is known before who is missing. */
export function* reconcile(run: OfferRun): Generator<MachineDecision> {
  const clusters = [...run.settings.clusters.keys()];
  for (const cluster of clusters) {
    const limited = limitAfterFailures(run, cluster);
    if (limited !== undefined) yield limited;
    yield* markLeaving(run, cluster);
  }
  for (const cluster of clusters) {
    const have = stayingMachines(run, cluster).length;
    const wanted = wantedOf(run, cluster);
    const kept = keepLeaving(run, cluster, { wanted, have });
    yield* kept;
    yield* rentMissing(run, cluster, { wanted, have: have + kept.length });
  }
}

/** So long before machines are to leave they are marked, so that they begin nothing that outlasts their unit. */
const NOTICE_MOST = minutes(6);
/** And no longer than this share of a unit: until then the machines of the plan's beginning are wanted. */
const NOTICE_SHARE = 0.5;

/** When the plan in force wants fewer machines, less the notice they are given; absent where it does not. */
export function changesAt({ offer, settings }: OfferRun): Instant | undefined {
  const { later, wanted } = offer;
  if (later === undefined) return undefined;
  const notices = settings.clusters.flatMap(({ tariff }, cluster) => {
    const fewer = (later.configuration[cluster] ?? 0) < (wanted?.[cluster] ?? 0);
    return fewer ? [timesLonger(tariff.atu, NOTICE_SHARE)] : [];
  });
  return before(later.at, notices.reduce(shorter, NOTICE_MOST));
}

/** The plan's change has come, or is about to. */
function isLate(run: OfferRun): boolean {
  const change = changesAt(run);
  return change !== undefined && run.at >= change;
}

/** The plan's change, in the minutes of notice before it. */
function changeAhead(run: OfferRun): Instant | undefined {
  const { at, offer } = run;
  return offer.later !== undefined && isLate(run) && at < offer.later.at ? offer.later.at : undefined;
}

export const wantedNow = (run: OfferRun): Configuration | undefined =>
  isLate(run) ? run.offer.later?.configuration : run.offer.wanted;

const wantedOf = (run: OfferRun, cluster: ClusterIndex): number =>
  Math.min(wantedNow(run)?.[cluster] ?? 0, mostNow(run, cluster));

interface Want {
  readonly wanted: number;
  readonly have: number;
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

function markLeaving(run: OfferRun, cluster: ClusterIndex): MarkLeaving[] {
  const staying = stayingMachines(run, cluster);
  const [wanted, have] = [wantedOf(run, cluster), staying.length];
  if (have <= wanted) return [];
  // A unit that ends before the plan's change is followed by another one.
  const from = changeAhead(run);
  const mayGo = from === undefined ? staying : staying.filter((machine) => owedEnd(run, machine) >= from);
  const order = isLate(run) ? -1 : 1;
  mayGo.sort(
    (a, b) => order * (owedEnd(run, a) - owedEnd(run, b)) || a.active - b.active || b.rentedAt - a.rentedAt,
  );
  return mayGo.slice(0, have - wanted).map((machine) => ({
    kind: "mark-leaving",
    machine: machine.id,
    because: { kind: "plan-wants-fewer", wanted, have, owedUntil: owedEnd(run, machine) },
  }));
}

/** Those with most owed time left stay. */
function keepLeaving(run: OfferRun, cluster: ClusterIndex, { wanted, have }: Want): KeepMachine[] {
  if (wanted <= have || unservedTasks(run) === 0 || !isWorthRenting(run, cluster)) return [];
  const leaving = machinesOf(run, cluster).filter(
    (machine) => machine.leaving && machine.silentSince === undefined,
  );
  return leaving
    .sort((a, b) => owedEnd(run, b) - owedEnd(run, a))
    .slice(0, wanted - have)
    .map((machine) => ({
      kind: "keep-machine",
      machine: machine.id,
      because: { kind: "plan-wants", wanted, have },
    }));
}

function rentMissing(run: OfferRun, cluster: ClusterIndex, { wanted, have }: Want): RentMachine[] {
  if (run.money.short && run.settings.whenShort === "finish-paid") return [];
  const useful = Math.ceil(unservedTasks(run) / clusterOf(run, cluster).slots);
  // Silent ones and those on their way out are there too, until they are gone.
  const room = mostNow(run, cluster) - machinesOf(run, cluster).length;
  const count = Math.min(wanted - have, room, useful, affordableMachines(run, cluster));
  return count <= 0 || !isWorthRenting(run, cluster)
    ? []
    : rentMany(run, cluster, count, { kind: "plan-wants", wanted, have });
}

/** Tasks that wait and for which no slot is free or on its way. */
export function unservedTasks(run: OfferRun): number {
  let free = 0;
  for (const machine of run.machines.live.values()) {
    if (machine.state === "releasing" || machine.leaving || machine.lapsing) continue;
    if (machine.silentSince === undefined) free += Math.max(0, machine.slots - machine.active);
  }
  return Math.max(0, run.attempts.count.waiting - free);
}

/** New machines that the free money keeps until each has booted and ended a task; fewer would be of no use. */
export function affordableMachines(run: OfferRun, cluster: ClusterIndex, tasksEach = 1): number {
  const { tariff } = clusterOf(run, cluster);
  const free = freeMoney(run.money);
  if (free === undefined || tariff.price === 0) return Infinity;
  const tasks = timesLonger(expectedFull(run.estimate, cluster) ?? tariff.atu, tasksEach);
  const needed = addTime(addTime(bootOf(run, cluster), tasks), tariff.grace);
  const left = free - moneySpokenFor(run);
  return Math.max(0, Math.floor(left / charge(tariff, longer(needed, quantum(tariff, run.money.budget)))));
}

/** What the machines that are there still need to end what they run, or to boot and run a task. */
function moneySpokenFor(run: OfferRun): number {
  let sum = 0;
  for (const machine of run.machines.live.values()) {
    if (machine.state === "releasing" || machine.leaving || machine.lapsing) continue;
    if (machine.readyAt !== undefined && machine.active === 0) continue;
    const account = accountOf(run.money, machine.id);
    const begins =
      machine.readyAt === undefined
        ? later(run.at, after(machine.rentedAt, bootOf(run, machine.cluster)))
        : run.at;
    const task = expectedFull(run.estimate, machine.cluster) ?? account.tariff.atu;
    const ends = after(begins, addTime(task, account.tariff.grace));
    if (ends > account.paidUntil) sum += Math.max(0, extensionCost(account, ends));
  }
  return sum;
}

export function limitAfterFailures(run: OfferRun, cluster: ClusterIndex): LimitCluster | undefined {
  const state = clusterMachines(run, cluster);
  if (state.failedLaunches < PATIENCE) return undefined;
  const pause = Math.min(PAUSE_GROWTH, 2 ** state.timesLimited);
  const have = machinesOf(run, cluster).length;
  return {
    kind: "limit-cluster",
    cluster,
    most: have,
    until: after(run.at, timesLonger(PAUSE, pause)),
    because: {
      kind: "delivers-less",
      asked: wantedNow(run)?.[cluster] ?? 0,
      failed: state.failedLaunches,
      have,
    },
  };
}
