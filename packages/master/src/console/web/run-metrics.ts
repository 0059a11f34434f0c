/**
 * Runs as figures for Prometheus, taken from the same documents as pages and receipts, so that they add up with them:
 * of each run, useful and wasted money are what was spent, and the states of its tasks are all of its tasks.
 */
import { Counter, Gauge, Registry } from "prom-client";
import type { LiveView } from "@stint/shared/api/live-view.js";
import type { RunList } from "@stint/shared/api/runs.js";
import type { SummaryDocument } from "@stint/shared/api/summary.js";

/** What is known of a run at this moment; the view only of one that goes on. */
export interface MeasuredRun {
  readonly summary: SummaryDocument;
  readonly view: LiveView | undefined;
}

export interface RunMetrics {
  readonly registry: Registry;
  /** Replaces all figures by these. */
  fill(list: RunList, runs: readonly MeasuredRun[]): void;
}

export function runMetrics(): RunMetrics {
  const registry = new Registry();
  const all = figuresOfAll(registry);
  const money = figuresOfMoney(registry);
  const work = figuresOfWork(registry);
  const clusters = figuresOfClusters(registry);
  return {
    registry,
    fill(list, runs) {
      registry.resetMetrics();
      all(list);
      for (const run of runs) {
        money(run);
        work(run);
        clusters(run);
      }
    },
  };
}

/** Makes metrics of a registry, each with the labels that it is told by. */
const makerOf = (registry: Registry) => ({
  gauge: (name: string, help: string, ...labelNames: string[]) =>
    new Gauge({ name: `stint_${name}`, help, labelNames, registers: [registry] }),
  counter: (name: string, help: string, ...labelNames: string[]) =>
    new Counter({ name: `stint_${name}`, help, labelNames, registers: [registry] }),
});

function figuresOfAll(registry: Registry): (list: RunList) => void {
  const { gauge } = makerOf(registry);
  const runs = gauge("runs", "Runs of this master, by phase.", "phase");
  const budget = gauge("budget_usd", "Budget of all bags together; absent where nobody set one.", "of");
  const reserved = gauge("reserved_usd", "Budgets of runs that go on, and what ended ones have spent.");
  const spent = gauge("spent_usd", "Spent by all runs of this master.");
  return (list) => {
    for (const { phase } of list.runs) runs.inc({ phase });
    if (list.budget_usd !== null) budget.set({ of: "all" }, list.budget_usd);
    reserved.set(list.reserved_usd);
    spent.set(list.spent_usd);
  };
}

function figuresOfMoney(registry: Registry): (run: MeasuredRun) => void {
  const { gauge, counter } = makerOf(registry);
  const budget = gauge("run_budget_usd", "A run's budget; absent where all is free.", "run");
  const spent = counter("run_spent_usd_total", "Spent by a run.", "run");
  const committed = gauge("run_committed_usd", "Reserved beyond what is owed.", "run");
  const useful = gauge("run_useful_usd", "Of what was spent: for attempts whose result counts.", "run");
  const waste = gauge("run_waste_usd", "Of what was spent: for nothing that counts.", "run", "kind");
  const learning = gauge("run_learning_usd", "Of what was spent: what sampling cost.", "run");
  return ({ summary }) => {
    const { run } = summary;
    if (summary.budget_usd !== null) budget.set({ run }, summary.budget_usd);
    spent.inc({ run }, summary.spent_usd);
    committed.set({ run }, summary.committed_usd);
    useful.set({ run }, summary.useful_usd);
    learning.set({ run }, summary.learning_usd);
    for (const [kind, usd] of Object.entries(summary.waste_usd)) waste.set({ run, kind }, usd);
  };
}

function figuresOfWork(registry: Registry): (run: MeasuredRun) => void {
  const { gauge, counter } = makerOf(registry);
  const states = gauge("run_tasks", "Tasks by state; together all of the bag.", "run", "state");
  const running = gauge("run_tasks_running", "Of the tasks that are left: those that run.", "run");
  const attempts = counter("run_attempts_ended_total", "Attempts that ended, by outcome.", "run", "outcome");
  const copies = counter("run_copies_total", "Of the attempts that ended: copies in the tail.", "run");
  const ended = gauge("run_ended", "Whether a run has ended.", "run");
  return ({ summary, view }) => {
    const { run } = summary;
    const { total: _, ...tasks } = summary.tasks;
    for (const [state, count] of Object.entries(tasks)) states.set({ run, state }, count);
    if (view !== undefined) running.set({ run }, view.tasks.running);
    const { total, failed, lost, cancelled, replicas } = summary.attempts;
    const outcomes = { failed, lost, cancelled, finished: total - failed - lost - cancelled };
    for (const [outcome, count] of Object.entries(outcomes))
      attempts.inc({ run, outcome }, Math.max(0, count));
    copies.inc({ run }, replicas);
    ended.set({ run }, summary.ended_at === null ? 0 : 1);
  };
}

function figuresOfClusters(registry: Registry): (run: MeasuredRun) => void {
  const { gauge, counter } = makerOf(registry);
  const there = gauge(
    "run_machines",
    "Machines that exist, by cluster and state.",
    "run",
    "cluster",
    "state",
  );
  const wanted = gauge("run_machines_wanted", "By the plan in force.", "run", "cluster");
  const rented = counter("run_machines_rented_total", "Machines rented so far.", "run", "cluster");
  const spent = counter("run_cluster_spent_usd_total", "Spent on a cluster.", "run", "cluster");
  const tasks = counter("run_cluster_tasks_total", "Tasks that a cluster has done.", "run", "cluster");
  return ({ summary, view }) => {
    const { run } = summary;
    for (const [cluster, seen] of Object.entries(summary.clusters)) {
      rented.inc({ run, cluster }, seen.machines);
      spent.inc({ run, cluster }, seen.spent_usd);
      tasks.inc({ run, cluster }, seen.tasks);
    }
    for (const { name: cluster, machines, booting, wanted: most } of view?.clusters ?? []) {
      there.set({ run, cluster, state: "ready" }, machines);
      there.set({ run, cluster, state: "booting" }, booting);
      wanted.set({ run, cluster }, most);
    }
  };
}
