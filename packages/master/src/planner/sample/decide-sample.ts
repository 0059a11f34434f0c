/** What the sampling phase orders next: starts on whoever is idle, and its own end. */
import type { TaskIndex } from "@stint/shared/ids.js";
import { between } from "@stint/shared/units.js";
import { nextAttempt } from "../attempts/attempts.js";
import { handOut } from "../attempts/hand-out.js";
import type { StartAttempts, StartOrder } from "../attempts/records.js";
import { machineOf, takesTasks, type Machine } from "../machines/machines.js";
import type { ClusterIndex } from "../vocabulary/configuration.js";
import type { EndSampling } from "./records.js";
import { sampleDeadline } from "./patience.js";
import { isGivenUp } from "./plan-sample.js";
import { clusterIsSeen, firstAreOver, type SampleRun } from "./sample.js";

/** Tasks for every machine that asks for some: its cluster's pairs first, then the bag in random order. */
export function sampleStarts(run: SampleRun): StartAttempts[] {
  const handed = new Set<TaskIndex>();
  const tasks = handOut(run.attempts, handed);
  const noted = (task: TaskIndex | undefined): TaskIndex | undefined => {
    if (task !== undefined) handed.add(task);
    return task;
  };
  const asking = [...run.attempts.hungry]
    .map((id) => machineOf(run, id))
    .filter((machine) => takesTasks(machine) && !machine.leaving && !machine.lapsing)
    .map((machine) => ({ machine, starts: [] as StartOrder[] }));
  for (const { machine, starts } of asking) {
    takePairs(run, machine, starts, handed);
    take(run, starts, machine.credit, () => noted(tasks.take(machine.id)));
  }
  for (const { machine, starts } of asking)
    take(run, starts, machine.credit, () => noted(tasks.takeAside(machine.id)));
  return asking
    .filter(({ starts }) => starts.length > 0)
    .map(({ machine: { id }, starts }) => ({
      kind: "start-attempts",
      machine: id,
      starts,
      because: { kind: "sampling" },
    }));
}

/** One number an attempt: a second cluster takes the same task at the next event at the earliest. */
function takePairs(run: SampleRun, machine: Machine, starts: StartOrder[], handed: Set<TaskIndex>): void {
  const pairs = (run.sample.pairsWaiting.get(machine.cluster) ?? []).filter((task) => !handed.has(task));
  for (const pair of pairs.slice(0, machine.credit)) {
    handed.add(pair);
    starts.push({ ...nextAttempt(run.attempts, pair), kind: "pair" });
  }
}

function take(run: SampleRun, starts: StartOrder[], credit: number, next: () => TaskIndex | undefined): void {
  while (starts.length < credit) {
    const task = next();
    if (task === undefined) return;
    const kind = (run.attempts.failures[task] ?? 0) > 0 ? "retry" : "sample";
    starts.push({ ...nextAttempt(run.attempts, task), kind });
  }
}

/**
 * Is enough known? Either what was asked for has ended, or waiting for the rest would take too long.
 * @param isSure what a cluster's pairs can tell is known before all of them have ended
 */
export function sampleEnd(
  run: SampleRun,
  isSure: (cluster: ClusterIndex) => boolean,
): EndSampling | undefined {
  const { sample } = run;
  if (firstAreOver(sample) && eachIsOver(run, isSure)) {
    return {
      kind: "end-sampling",
      because: { kind: "enough-sampled", handedOut: sample.first.size, over: sample.overFirst },
    };
  }
  const until = sampleDeadline(run);
  if (until === undefined || sample.lastHandedAt === undefined || run.at < until) return undefined;
  return {
    kind: "end-sampling",
    because: {
      kind: "sampling-took-too-long",
      waited: between(sample.lastHandedAt, run.at),
      limit: between(sample.lastHandedAt, until),
    },
  };
}

const eachIsOver = (run: SampleRun, isSure: (cluster: ClusterIndex) => boolean): boolean =>
  run.sample.clusters.every(
    (cluster) => clusterIsSeen(run.sample, cluster) || isGivenUp(run, cluster) || isSure(cluster),
  );
