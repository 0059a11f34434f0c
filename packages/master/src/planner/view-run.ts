/** Takes the fixed-size view of a run that consoles render. O(machines), a few times a second at most. */
import { present } from "@stint/shared/invariant.js";
import { between, microUsd, type Duration, type MicroUsd } from "@stint/shared/units.js";
import { handedOut } from "./attempts/handed-out.js";
import { expectedFull } from "./estimate/expect.js";
import type { Machine } from "./machines/machines.js";
import { committedBeyond, spentBy } from "./money/apply-money.js";
import { charge } from "./money/tariff.js";
import { reasonText, type AnyBecause } from "./reasons.js";
import { stillToCome } from "./still-to-come.js";
import { wantedNow } from "./run/reconcile.js";
import type { Run } from "./run-state.js";
import type { ClusterView, RunView } from "./view.js";

export function viewRun(run: Run): RunView {
  const { count } = run.attempts;
  const machines = [...run.machines.live.values()];
  const waitingFor = whyNothingRuns(run, machines);
  return {
    name: run.settings.name,
    at: run.at,
    beganAt: run.beganAt,
    phase: run.phase,
    inTail: run.tail.since !== undefined,
    ...(run.paused && { paused: true as const }),
    ...(run.endState !== undefined && { endState: run.endState }),
    tasks: {
      total: run.shape.size,
      done: count.done,
      failed: count.failed,
      ...(count.quarantined > 0 && { quarantined: count.quarantined }),
      ...handedOut(run),
      waiting: count.waiting,
      left: run.phase === "ended" ? count.waiting + count.running : 0,
    },
    ...(run.sample.size > 0 && { sample: { size: run.sample.size, ended: run.sample.overFirst } }),
    clusters: run.settings.clusters.map((_, index) => clusterView(run, index, machines)),
    ...(run.money.budget !== undefined && { budget: run.money.budget }),
    spent: spentBy(run.money, run.at),
    committed: committedBeyond(run.money, run.at),
    ...stillToCome(run),
    ...(run.offer.offers !== undefined && { offers: run.offer.offers }),
    ...(run.offer.accepted !== undefined && { chosen: run.offer.accepted.name }),
    ...(run.lastDecision !== undefined && { lastDecision: run.lastDecision }),
    ...(waitingFor !== undefined && { waitingFor }),
    machinesSilent: machines.filter((m) => m.silentSince !== undefined).map((m) => m.id),
  };
}

function clusterView(run: Run, index: number, all: readonly Machine[]): ClusterView {
  const cluster = present(run.settings.clusters[index], "the cluster exists", { index });
  const report = present(run.report.clusters[index], "the cluster is reported on", { index });
  const machines = all.filter((machine) => machine.cluster === index && machine.state !== "releasing");
  const ready = machines.filter((machine) => machine.readyAt !== undefined);
  const mean = meanOf(run, index);
  return {
    name: cluster.name,
    machines: ready.length,
    booting: machines.length - ready.length,
    wanted: run.phase === "ended" ? 0 : (wantedNow(run)?.[index] ?? machines.length),
    most: cluster.most,
    busySlots: ready.reduce((sum, machine) => sum + Math.min(machine.active, machine.slots), 0),
    slots: ready.reduce((sum, machine) => sum + machine.slots, 0),
    done: report.tasks,
    ...(mean !== undefined && { mean }),
    spent: spentOn(run, index, all, report.billed),
    priceUsdPerHour: cluster.tariff.price,
  };
}

/** As estimated while the run goes on; of a run that is over as its receipt has it. */
function meanOf(run: Run, index: number): Duration | undefined {
  const { runtimeSum, runtimeSeen } = present(run.report.clusters[index], "reported on", { index });
  if (run.phase !== "ended") return expectedFull(run.estimate, index);
  return runtimeSeen === 0 ? undefined : (Math.round(runtimeSum / runtimeSeen) as Duration);
}

function spentOn(run: Run, index: number, all: readonly Machine[], billed: MicroUsd): MicroUsd {
  let spent: number = billed;
  for (const machine of all) {
    const account = machine.cluster === index ? run.money.accounts.get(machine.id) : undefined;
    if (account === undefined) continue;
    const until = run.at < account.paidUntil ? run.at : account.paidUntil;
    spent += charge(account.tariff, between(account.billedFrom, until));
  }
  return microUsd(spent);
}

function whyNothingRuns(run: Run, machines: readonly Machine[]): string | undefined {
  const { running, waiting } = run.attempts.count;
  if (run.phase === "ended" || running > 0) return undefined;
  if (run.phase === "stopping")
    return run.stopping === undefined ? undefined : reasonText(run.stopping.because as AnyBecause);
  if (run.paused) return "the run is paused";
  if (run.phase === "choosing" && run.offer.awaited !== undefined) return "the offers are being computed";
  if (run.phase === "choosing") return "an offer must be picked";
  if (waiting === 0) return undefined;
  if (machines.length === 0)
    return run.review.awaited === undefined ? whyNoMachine(run) : "the plan is being computed anew";
  const booting = machines.filter((machine) => machine.readyAt === undefined).length;
  if (booting === machines.length)
    return booting === 1 ? "1 machine is starting" : `${String(booting)} machines are starting`;
  const silent = machines.filter((machine) => machine.silentSince !== undefined).length;
  if (silent > 0)
    return silent === 1
      ? "1 machine has not been heard from"
      : `${String(silent)} machines have not been heard from`;
  const delayed = run.attempts.delays.of.size;
  if (delayed === waiting)
    return `${String(delayed)} tasks failed and wait a little before they are tried again`;
  return "what is left of the machines' paid time is too short for a task";
}

function whyNoMachine(run: Run): string {
  const limited = run.settings.clusters.filter((_, index) => {
    const limit = run.machines.clusters[index]?.limit;
    return limit !== undefined && run.at < limit.until;
  });
  if (limited.length === 0) return "no machine can be rented with the money that is free";
  return `${limited.map(({ name }) => name).join(", ")} failed to start machines and is left alone for a while`;
}
