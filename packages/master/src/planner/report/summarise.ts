/** summary.json of a run at an instant. Every figure adds up: spent = useful + the sum of waste. */
import { add, between, inSeconds, microUsd, subtract, type MicroUsd } from "@stint/shared/units.js";
import type { TaskIndex } from "@stint/shared/ids.js";
import { committedBeyond, spentBy } from "../money/apply-money.js";
import { charge, owedUntil } from "../money/tariff.js";
import type { EndState } from "../vocabulary/phase.js";
import { WASTE_KINDS } from "../vocabulary/waste.js";
import { isoInstant } from "./iso-instant.js";
import type { ReportRun } from "./report-state.js";
import { acceptedAt, makespan, sinceAccepted } from "./time-taken.js";
import { whatIsMissing } from "./what-is-missing.js";
import { offerDocument } from "./summary-offer.js";
import { secondsOf, secondsOrNull, stamp, usd } from "./summary-words.js";
import type { Summary, SummaryCluster, SummaryFailures } from "./summary.js";

/** What a summary needs to know beyond the run. */
export interface SummaryNames {
  readonly run: string;
  readonly bag: string;
  readonly state: EndState | "running";
  readonly because?: string;
  readonly failures?: SummaryFailures;
}

const NOT_LOOKED_FOR: SummaryFailures = { failures: null, failures_rest: 0 };

export function summarise(run: ReportRun, names: SummaryNames): Summary {
  const { attempts, offer, report, sample } = run;
  const spent = spentBy(run.money, run.at);
  const { waiting, running, done, failed, quarantined } = attempts.count;
  return {
    schema: 1,
    run: names.run,
    bag: names.bag,
    state: names.state,
    budget_usd: run.money.budget === undefined ? null : usd(run.money.budget),
    spent_usd: usd(spent),
    committed_usd: usd(committedBeyond(run.money, run.at)),
    tasks: { total: run.shape.size, done, failed, quarantined, left: waiting + running },
    attempts: attemptCounts(run),
    started_at: isoInstant(run.beganAt),
    accepted_at: stamp(acceptedAt(run)),
    ended_at: stamp(report.endedAt),
    sampling_s:
      sample.endedAt === undefined
        ? null
        : secondsOf(between(report.firstRentAt ?? run.beganAt, sample.endedAt)),
    makespan_s: secondsOrNull(makespan(run)),
    since_accepted_s: secondsOrNull(sinceAccepted(run)),
    resumed: report.resumed,
    offers: (offer.offers?.offers ?? []).map((each) =>
      offerDocument(each, offer.offers, run.settings.clusters),
    ),
    chosen: offer.accepted?.name ?? null,
    clusters: Object.fromEntries(
      run.settings.clusters.map((cluster, index) => [cluster.name, clusterDocument(run, index)]),
    ),
    useful_usd: usd(report.useful),
    waste_usd: wasteDocument(run, spent),
    cost_per_task_usd: done === 0 ? null : usd(microUsd(Math.round(spent / done))),
    learning_usd: usd(learningCost(run)),
    cushion_usd: offer.accepted === undefined ? null : usd(offer.accepted.cushion.cost),
    copies: { allowed: copiesAllowed(run), gain_s: copiesGain(run) },
    ...(names.failures ?? NOT_LOOKED_FOR),
    ended_because: names.because ?? null,
    shortfall: shortfallOf(run, names.state),
  };
}

function attemptCounts(run: ReportRun): Summary["attempts"] {
  const { total, failed, lost, replicas, cancelled } = run.attempts.ended;
  return { total, failed, lost, replicas, cancelled };
}

function clusterDocument(run: ReportRun, index: number): SummaryCluster {
  const report = run.report.clusters[index];
  const machines = run.machines.clusters[index];
  if (report === undefined || machines === undefined)
    return { machines: 0, atus: 0, spent_usd: 0, tasks: 0, mean_s: null };
  let spent = report.billed;
  let { atus } = report;
  for (const machine of run.machines.live.values()) {
    if (machine.cluster !== index) continue;
    const account = run.money.accounts.get(machine.id);
    if (account === undefined) continue;
    const until = run.at < account.paidUntil ? run.at : account.paidUntil;
    spent = add(spent, charge(account.tariff, between(account.billedFrom, until)));
    atus += Math.round(
      between(account.billedFrom, owedUntil(account.tariff, account.billedFrom, until)) / account.tariff.atu,
    );
  }
  const mean = report.runtimeSeen === 0 ? null : secondsOf(report.runtimeSum / report.runtimeSeen);
  return { machines: machines.rented, atus, spent_usd: usd(spent), tasks: report.tasks, mean_s: mean };
}

/** Machines that are still there are booked as idle until they are gone, so that the sum holds at any instant. */
function wasteDocument(run: ReportRun, spent: MicroUsd): Summary["waste_usd"] {
  const booked = WASTE_KINDS.reduce((sum, kind) => add(sum, run.report.waste[kind]), run.report.useful);
  const open = subtract(spent, booked);
  return Object.fromEntries(
    WASTE_KINDS.map((kind) => [
      kind,
      usd(kind === "idle" ? add(run.report.waste.idle, open) : run.report.waste[kind]),
    ]),
  ) as Summary["waste_usd"];
}

/** Duplicates of pairs, and clusters that were paid for and that the picked offer does not use. */
function learningCost(run: ReportRun): MicroUsd {
  const picked = run.offer.accepted?.configuration;
  let cost: number = run.report.spareInSampling;
  run.report.clusters.forEach((cluster, index) => {
    if (picked !== undefined && (picked[index] ?? 0) === 0) cost += cluster.billed;
  });
  return microUsd(cost);
}

function copiesAllowed(run: ReportRun): boolean {
  const [first] = run.attempts.queue.order;
  return first !== undefined && run.shape.mayBeCopied(first as TaskIndex);
}

function copiesGain(run: ReportRun): number | null {
  const { endWithout } = run.tail;
  if (!copiesAllowed(run)) {
    const would = run.offer.offers?.copiesWouldGain;
    return would === undefined ? null : inSeconds(would);
  }
  const { lastCommitAt } = run.report;
  if (endWithout === undefined || lastCommitAt === undefined) return 0;
  return endWithout > lastCommitAt ? secondsOf(between(lastCommitAt, endWithout)) : 0;
}

function shortfallOf(run: ReportRun, state: SummaryNames["state"]): Summary["shortfall"] {
  if (state !== "budget-too-low") return null;
  const { bought, needed, isUnknown } = whatIsMissing(run);
  return { tasks_bought: bought, budget_needed_usd: usd(needed), whole_unknown: isUnknown };
}
