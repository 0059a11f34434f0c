/** What records change about the sample. */
import type { TaskIndex } from "@stint/shared/ids.js";
import { isSuspect } from "../attempts/suspects.js";
import { addTime, between } from "@stint/shared/units.js";
import { hasEnded, stateOf, TASK_STATE } from "../attempts/attempts.js";
import type { ClosedAttempt } from "../attempts/closed.js";
import type { StartAttempts } from "../attempts/records.js";
import { machineOf } from "../machines/machines.js";
import type { ClusterIndex } from "../vocabulary/configuration.js";
import type { PlanSample, SampleDecision } from "./records.js";
import type { Sample, SampleRun } from "./sample.js";
import { sampleShape } from "./size.js";

export function applySampleDecision(run: SampleRun, decision: SampleDecision): void {
  if (decision.kind === "plan-sample") plan(run.sample, decision);
  else run.sample.endedAt = run.at;
}

function plan(sample: Sample, decision: PlanSample): void {
  sample.size = decision.size;
  sample.pairs = decision.pairs;
  sample.clusters = decision.clusters;
  sample.perCluster = decision.perCluster;
  sample.because = decision.because;
  for (const cluster of decision.clusters) sample.pairsWaiting.set(cluster, decision.pairs);
}

/** More tasks ask for a larger sample as long as it is being drawn; its pairs stay. */
export function growSample({ sample, shape }: SampleRun, added: number): void {
  if (sample.size === 0 || sample.endedAt !== undefined) return;
  const wanted = sampleShape(shape.size, Math.max(1, sample.clusters.length))?.size ?? 0;
  sample.size = Math.max(sample.size, Math.min(wanted, sample.size + added));
}

/** Counts what is handed out while sampling; tasks beyond the first n teach too, but do not decide when to stop. */
export function noteStarts(run: SampleRun, decision: StartAttempts): void {
  const { sample } = run;
  const { cluster } = machineOf(run, decision.machine);
  for (const start of decision.starts) {
    if (start.kind === "pair") {
      const waiting = sample.pairsWaiting.get(cluster) ?? [];
      sample.pairsWaiting.set(
        cluster,
        waiting.filter((task) => task !== start.task),
      );
      count(sample.pairsRunning, cluster, 1);
    }
    if (start.kind !== "pair" && start.kind !== "sample") continue;
    if (!sample.first.has(start.task) && sample.first.size < sample.size) {
      sample.first.set(start.task, "open");
      sample.lastHandedAt = run.at;
    }
  }
}

/** Takes note of attempts that were closed by the last record. */
export function noteClosed(run: SampleRun): void {
  for (const closed of run.closedAttempts) noteOne(run, closed);
}

function noteOne(run: SampleRun, closed: ClosedAttempt): void {
  const { sample } = run;
  if (closed.kind === "pair") {
    count(sample.pairsRunning, closed.cluster, -1);
    if (closed.outcome === "lost" && sample.endedAt === undefined)
      giveBackPair(sample, closed.cluster, closed.task);
  }
  if (closed.outcome !== "lost" && closed.outcome !== "cancelled") count(sample.endedOn, closed.cluster, 1);
  const state = stateOf(run.attempts, closed.task);
  const spent = (run.attempts.failures[closed.task] ?? 0) > run.shape.retriesOf(closed.task);
  const givenUp = hasEnded(state) && state !== TASK_STATE.done;
  if (spent || givenUp || isSuspect(run.attempts, closed.task)) withdrawPair(sample, closed.task);
  if (sample.first.get(closed.task) !== "open") return;
  if (!hasEnded(state)) return;
  sample.first.set(closed.task, "over");
  sample.overFirst += 1;
  sample.firstTook = addTime(sample.firstTook, between(closed.startedAt, closed.endedAt));
}

function giveBackPair(sample: Sample, cluster: ClusterIndex, task: TaskIndex): void {
  sample.pairsWaiting.set(cluster, [...(sample.pairsWaiting.get(cluster) ?? []), task]);
}

/** A task that failed for good, or whose last attempt runs already, teaches no other cluster anything. */
function withdrawPair(sample: Sample, task: TaskIndex): void {
  if (!sample.pairs.includes(task)) return;
  for (const [cluster, waiting] of sample.pairsWaiting) {
    sample.pairsWaiting.set(
      cluster,
      waiting.filter((other) => other !== task),
    );
  }
}

const count = (counts: Map<ClusterIndex, number>, cluster: ClusterIndex, by: number): void => {
  counts.set(cluster, (counts.get(cluster) ?? 0) + by);
};
