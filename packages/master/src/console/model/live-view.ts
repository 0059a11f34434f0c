/** A run as it stands, as the document that pages and programs are shown: bounded, whatever the size of the bag. */
import { RUNNING_SHOWN_MOST, type LiveView, type RunningTask } from "@stint/shared/api/live-view.js";
import type { RunLine } from "@stint/shared/api/runs.js";
import { between, type Instant } from "@stint/shared/units.js";
import { secondsOf, secondsOrNull, stamp, stampOf, usd } from "../../planner/report/summary-words.js";
import type { ClusterView } from "../../planner/view.js";
import { viewOffers } from "../../planner/view-offers.js";
import { awaitsChoice, viewPromise } from "../../planner/view-promise.js";
import { viewRun } from "../../planner/view-run.js";
import { viewRunning, type RunningView } from "../../planner/view-running.js";
import { taskIsGivenUp } from "../../planner/view-task.js";
import { standing, type Shown } from "./shown.js";

/** O(machines, running tasks shown). */
export function liveView(shown: Shown): LiveView {
  const { chronicle, name, bag, imagined } = shown;
  const run = standing(shown);
  const view = viewRun(run);
  const { total, done, failed, quarantined = 0, running } = view.tasks;
  const left = total - done - failed - quarantined;
  const { offers } = run.offer;
  return {
    schema: 1,
    run: name,
    bag,
    at: stampOf(view.at),
    started_at: stampOf(view.beganAt),
    ended_at: stamp(run.report.endedAt),
    phase: view.phase,
    state: view.endState ?? "running",
    in_tail: view.inTail,
    paused: view.paused === true,
    imagined: imagined === true,
    // What agents hold ahead of their slots waits, there.
    tasks: { total, done, failed, quarantined, running, waiting: left - running, left },
    sample: view.sample ?? null,
    clusters: view.clusters.map(clusterDocument),
    budget_usd: view.budget === undefined ? null : usd(view.budget),
    spent_usd: usd(view.spent),
    committed_usd: usd(view.committed),
    time_left_s: spreadOf(view.timeLeft, secondsOf),
    final_cost_usd: spreadOf(view.finalCost, usd),
    offers: offers === undefined ? null : viewOffers(offers, run.settings.clusters, view.budget),
    awaits_choice: awaitsChoice(run),
    chosen: view.chosen ?? null,
    promise: viewPromise(run),
    running: viewRunning(run, RUNNING_SHOWN_MOST).map((one) => runningDocument(one, view.at)),
    decisions: chronicle.decisions().map(({ at, text }) => ({ at: stampOf(at), text })),
    failed_tasks: chronicle
      .failed()
      .filter((task) => taskIsGivenUp(run, task))
      .map((task) => task + 1),
    waiting_for: view.waitingFor ?? null,
    machines_silent: view.machinesSilent.length,
  };
}

const spreadOf = <T>(
  spread: { readonly p50: T; readonly p90: T } | undefined,
  word: (value: T) => number,
): { readonly p50: number; readonly p90: number } | null =>
  spread === undefined ? null : { p50: word(spread.p50), p90: word(spread.p90) };

const clusterDocument = (cluster: ClusterView): LiveView["clusters"][number] => ({
  name: cluster.name,
  machines: cluster.machines,
  booting: cluster.booting,
  wanted: cluster.wanted,
  most: cluster.most,
  busy_slots: cluster.busySlots,
  slots: cluster.slots,
  done: cluster.done,
  mean_s: secondsOrNull(cluster.mean),
  spent_usd: usd(cluster.spent),
  price_usd_per_hour: cluster.priceUsdPerHour / 1_000_000,
});

const runningDocument = (one: RunningView, at: Instant): RunningTask => ({
  task: one.task + 1,
  attempt: one.attempt,
  copy: one.copy,
  cluster: one.cluster,
  machine: one.machine,
  since_s: secondsOf(Math.max(0, between(one.startedAt, at))),
  expected_s: secondsOrNull(one.expected),
});

/** A line of the list of runs. */
export const runLine = (view: LiveView): RunLine => ({
  run: view.run,
  bag: view.bag,
  phase: view.phase,
  state: view.state,
  awaits_choice: view.awaits_choice,
  tasks: {
    total: view.tasks.total,
    done: view.tasks.done,
    failed: view.tasks.failed + view.tasks.quarantined,
  },
  budget_usd: view.budget_usd,
  spent_usd: view.spent_usd,
  committed_usd: view.committed_usd,
  started_at: view.started_at,
  ended_at: view.ended_at,
});
