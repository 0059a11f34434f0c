/** A run in the middle of its work, made by records alone: for tables of what a room decides about it. */
import { machineId, type ClusterName, type MachineId, type TaskIndex } from "@stint/shared/ids.js";
import type { Cluster, Tariff } from "@stint/shared/cluster.js";
import {
  after,
  microUsd,
  microUsdPerHour,
  minutes,
  NO_TIME,
  seconds,
  type Duration,
} from "@stint/shared/units.js";
import { applyDecision, applyEvent } from "@stint/master/planner/apply.js";
import { observeEnded, refreshModel } from "@stint/master/planner/estimate/estimate.js";
import type { Decision } from "@stint/master/planner/records.js";
import { newRun, type Run } from "@stint/master/planner/run-state.js";
import type { BagShape, RunSettings } from "@stint/master/planner/vocabulary/settings.js";
import { at, because } from "./told-frames.js";

/** A dollar an hour: a minute costs 16,667 micro-dollars, rounded up. */
export const DOLLAR_AN_HOUR: Tariff = {
  price: microUsdPerHour(1_000_000),
  atu: minutes(1),
  minimum: NO_TIME,
  grace: NO_TIME,
};

export const cluster = (name: string, given: Partial<Cluster> = {}): Cluster => ({
  name: name as ClusterName,
  provider: "imagined",
  most: 4,
  slots: 1,
  tariff: DOLLAR_AN_HOUR,
  bootLimit: minutes(15),
  bootExpected: NO_TIME,
  speed: 1,
  ...given,
});

export interface ToldRun {
  readonly clusters?: readonly Cluster[];
  /** Micro-dollars. */
  readonly budget?: number;
  readonly tasks?: number;
  readonly wanted?: readonly number[];
  readonly shape?: Partial<BagShape>;
  readonly settings?: Partial<RunSettings>;
}

/** Begun at minute 0 without offers; nothing is rented yet. */
export function toldRun(given: ToldRun): Run {
  const clusters = given.clusters ?? [cluster("small")];
  const settings: RunSettings = {
    name: "told",
    clusters,
    budget: microUsd(given.budget ?? 10_000_000),
    seed: 1,
    review: minutes(5),
    wait: minutes(5),
    strict: false,
    yes: true,
    without: [],
    ...given.settings,
  };
  const shape = { size: given.tasks ?? 100, retriesOf: () => 0, mayBeCopied: () => true, ...given.shape };
  const run = newRun(settings, shape, at(0));
  applyEvent(run, { kind: "run-began", at: at(0), settings, bagSize: shape.size });
  const configuration = given.wanted ?? clusters.map(({ most }) => most);
  applyDecision(run, { kind: "begin-unoffered", configuration, because });
  return run;
}

/** One more machine of a cluster, rented now; ready at once unless it is still to boot. */
export function rented(
  run: Run,
  index = 0,
  given: { readonly lease?: Duration; readonly ready?: boolean } = {},
): MachineId {
  const { name, slots } = run.settings.clusters[index] as Cluster;
  const machine = machineId(name, (run.machines.clusters[index]?.rented ?? 0) + 1);
  const paidUntil = after(run.at, given.lease ?? minutes(1));
  order(run, { kind: "rent-machine", machine, cluster: index, paidUntil, because });
  if (given.ready === false) return machine;
  applyEvent(run, { kind: "machine-ready", machine, slots, at: run.at });
  applyEvent(run, { kind: "tasks-wanted", machine, credit: slots, at: run.at });
  return machine;
}

export const order = (run: Run, decision: Decision): void => applyDecision(run, decision);

export function begun(run: Run, machine: MachineId, ...tasks: readonly number[]): void {
  const starts = tasks.map((task) => ({
    task: task as TaskIndex,
    attempt: 1 as never,
    kind: "run" as const,
  }));
  order(run, { kind: "start-attempts", machine, starts, because });
}

/** What has been seen of a cluster's runtimes, in seconds. */
export function seen(run: Run, index: number, ...runtimes: readonly number[]): void {
  for (const runtime of runtimes)
    observeEnded(run.estimate, { cluster: index, task: 0 as TaskIndex, seconds: runtime, paired: false });
  refreshModel(run.estimate);
}

export const told = (decisions: Iterable<Decision>): string[] =>
  [...decisions].map((decision) =>
    `${decision.kind} ${"machine" in decision ? decision.machine : ""}`.trim(),
  );

export const passed = (run: Run, span: Duration): void =>
  applyEvent(run, { kind: "time-passed", at: after(run.at, span) });

export { seconds };
