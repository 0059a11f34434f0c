/** Documents of made-up runs, sound by the schemas: what a fake answers, and what pages are shown in tests. */
import type { History } from "@stint/shared/api/history.js";
import type { LiveView, OffersView } from "@stint/shared/api/live-view.js";
import type { RunLine } from "@stint/shared/api/runs.js";
import type { OfferDocument, SummaryDocument } from "@stint/shared/api/summary.js";
import type { TaskLine, TaskView } from "@stint/shared/api/tasks.js";

const BEGAN = "2026-01-02T03:04:05.000Z";

const offer: OfferDocument = {
  name: "cheapest",
  machines: { small: 2 },
  machines_later: null,
  time_s: { p50: 600, p90: 700 },
  cost_usd: { p50: 1.2, p90: 1.4 },
  p_within_budget: 0.97,
  calibrated: true,
  same_as: null,
};

export const someOffers = (budget: number | null): OffersView => {
  const { machines, machines_later, time_s, cost_usd, p_within_budget } = offer;
  return {
    budget_usd: budget,
    offers: [offer],
    frontier: [{ machines, machines_later, time_s, cost_usd, p_within_budget }],
    shortfall: null,
  };
};

export const someView = (run: string, changes: Partial<LiveView> = {}): LiveView => ({
  ...{ schema: 1, run, bag: "bag.txt", at: BEGAN, started_at: BEGAN, ended_at: null },
  ...{ phase: "running", state: "running", in_tail: false, paused: false, imagined: false },
  tasks: { total: 1000, done: 400, failed: 3, quarantined: 1, running: 4, waiting: 592, left: 596 },
  sample: { size: 20, ended: 20 },
  clusters: [
    {
      ...{ name: "small", machines: 2, booting: 1, wanted: 3, most: 8, busy_slots: 4, slots: 4, done: 404 },
      ...{ mean_s: 3.5, spent_usd: 0.5, price_usd_per_hour: 0.36 },
    },
  ],
  ...{ budget_usd: 5, spent_usd: 0.5, committed_usd: 0.25 },
  time_left_s: { p50: 500, p90: 600 },
  final_cost_usd: { p50: 1.2, p90: 1.5 },
  ...{ offers: someOffers(5), awaits_choice: false, chosen: "cheapest" },
  promise: {
    ...{ offer: "cheapest", accepted_at: BEGAN },
    ...{ time_s: { p50: 600, p90: 700 }, cost_usd: { p50: 1.2, p90: 1.4 } },
  },
  running: [
    { task: 405, attempt: 1, copy: false, cluster: "small", machine: "small-1", since_s: 2, expected_s: 3.5 },
  ],
  decisions: [{ at: BEGAN, text: "rent a machine of small: the bag is late" }],
  ...{ failed_tasks: [7, 8, 9], waiting_for: null, machines_silent: 0 },
  ...changes,
});

export const lineOf = (view: LiveView): RunLine => ({
  run: view.run,
  bag: view.bag,
  phase: view.phase,
  state: view.state,
  awaits_choice: view.awaits_choice,
  tasks: { total: view.tasks.total, done: view.tasks.done, failed: view.tasks.failed },
  budget_usd: view.budget_usd,
  spent_usd: view.spent_usd,
  committed_usd: view.committed_usd,
  started_at: view.started_at,
  ended_at: view.ended_at,
});

export const someHistory = (run: string): History => ({
  ...{ schema: 1, run, started_at: BEGAN, at_s: [0, 60] },
  ...{ done: [0, 400], failed: [0, 3], spent_usd: [0, 0.5], committed_usd: [0.1, 0.25] },
  ...{ final_cost_p50_usd: [null, 1.2], final_cost_p90_usd: [null, 1.5] },
  ...{ ends_p50_s: [null, 560], ends_p90_s: [null, 660], machines: { small: [1, 3] }, budget_usd: [5, 5] },
});

export const someSummary = (view: LiveView): SummaryDocument => ({
  ...{ schema: 1, run: view.run, bag: view.bag, state: view.state },
  ...{ budget_usd: view.budget_usd, spent_usd: view.spent_usd, committed_usd: view.committed_usd },
  tasks: {
    ...{ total: view.tasks.total, done: view.tasks.done, failed: view.tasks.failed },
    ...{ quarantined: view.tasks.quarantined, left: view.tasks.left },
  },
  attempts: { total: 415, failed: 5, lost: 2, replicas: 3, cancelled: 1 },
  ...{ started_at: view.started_at, accepted_at: BEGAN, ended_at: view.ended_at, sampling_s: 30 },
  ...{ makespan_s: 60, since_accepted_s: 30, resumed: 0, offers: [offer], chosen: view.chosen },
  clusters: { small: { machines: 3, atus: 5, spent_usd: view.spent_usd, tasks: 404, mean_s: 3.5 } },
  useful_usd: 0.4,
  waste_usd: {
    boot: 0.03,
    idle: 0.02,
    spare: 0.01,
    failed: 0.02,
    cancelled: 0.005,
    lost: 0.005,
    rounding: 0.01,
  },
  ...{ cost_per_task_usd: 0.00125, learning_usd: 0.05, cushion_usd: 0.1 },
  copies: { allowed: true, gain_s: null },
  ...{ shortfall: null, ended_because: null },
  failures: [
    {
      ...{ outcome: "failed", exit_code: 1, signal: null, count: 3, example_task: 7 },
      last_line: "SECRET_KEY=hunter2 was refused",
    },
  ],
  failures_rest: 0,
});

export const someLine = (number: number): TaskLine => ({
  ...{ task: number, id: `task-${String(number)}`, state: number === 7 ? "failed" : "done", attempts: 1 },
  command: `echo ${String(number)}`,
});

export const someTask = (run: string, number: number): TaskView => ({
  ...{ schema: 1, run, ...someLine(number) },
  attempts_seen: [
    {
      ...{ attempt: 1, kind: "run", cluster: "small", machine: "small-1", started_s: 5, ended_s: 8 },
      ...{ outcome: "done", exit_code: 0, signal: null, cost_usd: 0.001, stdout_bytes: 3, stderr_bytes: 0 },
    },
  ],
});
