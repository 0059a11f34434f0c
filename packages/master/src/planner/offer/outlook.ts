/** What all plans of one question share, and one plan: a configuration with its forecast. */
import type { TaskIndex } from "@stint/shared/ids.js";
import { inSeconds, microUsd, type Duration, type MicroUsd } from "@stint/shared/units.js";
import { UNKNOWN } from "../estimate/link.js";
import { modelOf, type ClusterModel, type Model } from "../estimate/model.js";
import type { Snapshot } from "../estimate/snapshot.js";
import type { Configuration, Later } from "../vocabulary/configuration.js";
import { cushionOf } from "./cushion.js";
import { fleetOf, type Market, type Wanted } from "./fleet.js";
import { forecast, type Forecast, type Work } from "./forecast.js";
import type { Group } from "./group.js";
import { lastOfRunning, type Life } from "./last-lives.js";
import { presentOf } from "./present.js";
import type { Plan } from "./records.js";

export interface Outlook extends Market {
  readonly work: Work;
}

/** Undefined while no task has ended: there is nothing to forecast from. */
export function outlookOf(snapshot: Snapshot): Outlook | undefined {
  const running = snapshot.running.filter(({ copy }) => !copy);
  const learnt = modelOf(
    snapshot.runtimes,
    snapshot.running.map(({ cluster, elapsed }) => ({ cluster, elapsed: inSeconds(elapsed) })),
  );
  if (learnt === undefined) return undefined;
  const model = guessed(learnt, snapshot);
  const { ended, failed } = snapshot.attempts;
  // Each failure costs another attempt like the one that failed; retries are bounded, so this is an upper bound.
  const attemptsATask = 1 + Math.min(1, failed / Math.max(1, ended));
  const lives = new Map<TaskIndex, Life[]>();
  for (const { task, cluster, elapsed } of snapshot.running) {
    const link = model.clusters[cluster]?.link;
    if (link !== undefined)
      lives.set(task, [...(lives.get(task) ?? []), { link, elapsed: inSeconds(elapsed) }]);
  }
  const lastRunning = lastOfRunning(model, [...lives.values()]);
  const waiting = snapshot.waiting * attemptsATask;
  const copies = snapshot.copiesAllowed && !snapshot.without.includes("tail");
  return {
    snapshot,
    model,
    present: presentOf(snapshot, model),
    work: { waiting, running: running.length, lastRunning, copies },
  };
}

/** A plan as far as it takes to compare it with others. */
export interface Draft extends Pick<Plan, "configuration" | "later" | "pWithinBudget"> {
  readonly time: { readonly p50: Duration };
  readonly cost: { readonly p50: MicroUsd };
  /** The plan, with what takes longer to work out. */
  readonly whole: () => Plan;
}

/** A configuration with its forecast; undefined when it never ends the bag. */
export const planOf = (outlook: Outlook, configuration: Configuration, later?: Later): Plan | undefined =>
  draftOf(outlook, configuration, later)?.whole();

export function draftOf(outlook: Outlook, configuration: Configuration, later?: Later): Draft | undefined {
  const wanted: Wanted = { configuration, ...(later !== undefined && { later }) };
  const { groups, comingBack } = fleetOf(outlook, wanted, outlook.work.waiting);
  const work = { ...outlook.work, waiting: outlook.work.waiting + comingBack };
  const outcome = forecast(outlook.model, groups, work);
  if (outcome === undefined) return undefined;
  const { billed, budget } = outlook.snapshot.money;
  return {
    ...wanted,
    time: outcome.time,
    cost: { p50: microUsd(billed + outcome.cost.p50) },
    pWithinBudget: budget === undefined ? 1 : outcome.pCostBelow(budget - billed),
    whole() {
      return toPlan({ ...outlook, work }, this, groups, outcome);
    },
  };
}

function toPlan(outlook: Outlook, draft: Draft, fleet: readonly Group[], outcome: Forecast): Plan {
  const { billed, budget } = outlook.snapshot.money;
  const { configuration, later, time, pWithinBudget } = draft;
  const cost = { p50: draft.cost.p50, p90: microUsd(billed + outcome.cost.p90) };
  const left = budget === undefined ? undefined : Math.max(0, budget - cost.p90);
  return {
    configuration,
    ...(later !== undefined && { later }),
    time: { p50: time.p50, p90: outcome.time.p90 },
    cost,
    pWithinBudget,
    cushion: cushionOf(outlook.model, fleet, outlook.work, { queueEmpty: outcome.queueEmpty, most: left }),
  };
}

/** A cluster that works and has not shown its speed yet is taken to be like the base, and anything but sure. */
function guessed(model: Model, { machines }: Snapshot): Model {
  const guess: ClusterModel = { link: UNKNOWN, mean: model.base.mean, error: UNKNOWN.error };
  const works = (cluster: number): boolean => machines.some((machine) => machine.cluster === cluster);
  return {
    ...model,
    clusters: model.clusters.map((known, cluster) => known ?? (works(cluster) ? guess : undefined)),
  };
}
