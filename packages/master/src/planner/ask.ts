/** Takes the snapshot that a question needs: fixed in size, whatever the size of the bag. */
import { after, between } from "@stint/shared/units.js";
import { runtimesOf } from "./estimate/estimate.js";
import type { Snapshot, SnapshotMachine, SnapshotRunning } from "./estimate/snapshot.js";
import { bootOf, mostNow, type Machine } from "./machines/machines.js";
import { accountOf } from "./money/ledger.js";
import { owedUntil } from "./money/tariff.js";
import type { AskOffers } from "./offer/records.js";
import type { Question } from "./questions.js";
import type { AskReview } from "./reevaluate/records.js";
import { activeOf, stateOf, TASK_STATE, type ActiveAttempt } from "./attempts/attempts.js";
import type { Run } from "./run-state.js";

export function questionFor(run: Run, decision: AskOffers | AskReview): Question {
  const { question } = decision;
  const snapshot = snapshotOf(run);
  return decision.kind === "ask-offers"
    ? { kind: "offers", question, snapshot }
    : { kind: "review", question, search: decision.search, snapshot };
}

export function snapshotOf(run: Run): Snapshot {
  const { budget, hardLimit, billed } = run.money;
  const limit = hardLimit !== undefined && (budget === undefined || hardLimit < budget) ? hardLimit : budget;
  const seen = run.sample.clusters;
  const kept = [...run.machines.live.values()].filter(({ state }) => state !== "releasing");
  return {
    at: run.at,
    seed: run.settings.seed,
    clusters: run.settings.clusters.map((cluster, index) => ({
      cluster,
      most: seen.length === 0 || seen.includes(index) ? mostNow(run, index) : 0,
      boot: bootOf(run, index),
    })),
    machines: kept.map((machine) => machineOf(run, machine)),
    running: runningOf(run, kept),
    waiting: run.attempts.count.waiting + comingBack(run),
    total: run.shape.size,
    runtimes: runtimesOf(run.estimate),
    attempts: { ended: run.attempts.first.ended, failed: run.attempts.first.failed },
    money: { ...(limit !== undefined && { budget: limit }), billed: billedAndReleasing(run, billed) },
    copiesAllowed: copiesAllowed(run),
    ...wantedOf(run),
    ...acceptedOf(run),
    without: run.settings.without,
  };
}

/** Machines being released are as good as billed: their liability can only shrink. */
function billedAndReleasing(run: Run, billed: Snapshot["money"]["billed"]): Snapshot["money"]["billed"] {
  let sum: number = billed;
  for (const machine of run.machines.live.values()) {
    if (machine.state === "releasing") sum += accountOf(run.money, machine.id).liability;
  }
  return sum as typeof billed;
}

function machineOf(run: Run, machine: Machine): SnapshotMachine {
  const { billedFrom, paidUntil, tariff } = accountOf(run.money, machine.id);
  return {
    cluster: machine.cluster,
    billedFrom,
    ...(machine.readyAt !== undefined && { readyAt: machine.readyAt }),
    owedUntil: owedUntil(tariff, billedFrom, run.at),
    paidUntil,
    ...(tariff.bought !== undefined && { bought: tariff.bought }),
    leaving: machine.leaving || machine.lapsing,
    silent: machine.silentSince !== undefined,
  };
}

function runningOf(run: Run, kept: readonly Machine[]): SnapshotRunning[] {
  const places = new Map(kept.map((machine, place) => [machine.id, place]));
  const running: SnapshotRunning[] = [];
  for (const active of run.attempts.active.values()) {
    const place = places.get(active.machine);
    if (place === undefined || active.cancelled) continue;
    const { cluster } = kept[place] as Machine;
    const copy = activeOf(run.attempts, active.task)[0]?.key !== active.key;
    const elapsed = between(active.orderedAt, run.at);
    running.push({ task: active.task, cluster, machine: place, elapsed, copy });
  }
  return running;
}

/** Tasks that run nowhere but on machines that are being released: they wait as soon as those are gone. */
function comingBack(run: Run): number {
  const stays = ({ machine }: ActiveAttempt): boolean =>
    run.machines.live.get(machine)?.state !== "releasing";
  let count = 0;
  for (const active of run.attempts.active.values()) {
    if (stays(active) || stateOf(run.attempts, active.task) !== TASK_STATE.running) continue;
    const attempts = activeOf(run.attempts, active.task);
    if (attempts[0]?.key === active.key && !attempts.some(stays)) count += 1;
  }
  return count;
}

/** Whether the first of the tasks not yet ended may be copied; bags are nearly always uniform in this. */
function copiesAllowed(run: Run): boolean {
  return run.shape.size > 0 && run.shape.mayBeCopied((run.attempts.queue.order[0] ?? 0) as never);
}

/** The machines of the plan in force, and those of its end where that has not come yet. */
function wantedOf({ at, offer }: Run): Pick<Snapshot, "wanted" | "wantedLater"> {
  const { wanted, later } = offer;
  if (wanted === undefined) return {};
  if (later === undefined) return { wanted };
  if (at >= later.at) return { wanted: later.configuration };
  return { wanted, wantedLater: { after: between(at, later.at), configuration: later.configuration } };
}

function acceptedOf(run: Run): Pick<Snapshot, "accepted"> {
  const { accepted, acceptedAt, limit } = run.offer;
  if (acceptedAt === undefined || accepted === undefined || limit === undefined) return {};
  return { accepted: { name: accepted.name, limit, endsBy: after(acceptedAt, accepted.time.p90) } };
}
