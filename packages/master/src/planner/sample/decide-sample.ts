/** What the sampling phase orders next: starts on whoever is idle, and its own end. */
import type { TaskIndex } from "@stint/shared/ids.js";
import {
  after,
  between,
  longer,
  minutes,
  timesLonger,
  type Duration,
  type Instant,
} from "@stint/shared/units.js";
import { nextAttempt, stateOf, TASK_STATE } from "../attempts/attempts.js";
import { cursor, type QueueCursor } from "../attempts/queue.js";
import type { StartAttempts, StartOrder } from "../attempts/records.js";
import { machineOf, takesTasks, type Machine } from "../machines/machines.js";
import type { EndSampling } from "./records.js";
import { isGivenUp } from "./plan-sample.js";
import { clusterIsSeen, firstAreOver, meanSoFar, type SampleRun } from "./sample.js";

/** Tasks for every machine that asks for some: its cluster's pairs first, then the bag in random order. */
export function sampleStarts(run: SampleRun): StartAttempts[] {
  const waits = (task: TaskIndex): boolean => stateOf(run.attempts, task) === TASK_STATE.waiting;
  const queue = cursor(run.attempts.queue, waits);
  const paired = new Set<TaskIndex>();
  const orders: StartAttempts[] = [];
  for (const id of run.attempts.hungry) {
    const machine = machineOf(run, id);
    if (!takesTasks(machine) || machine.leaving || machine.lapsing) continue;
    const starts = startsFor(run, machine, queue, paired);
    if (starts.length === 0) continue;
    orders.push({ kind: "start-attempts", machine: id, starts, because: { kind: "sampling" } });
  }
  return orders;
}

function startsFor(
  run: SampleRun,
  machine: Machine,
  queue: QueueCursor,
  paired: Set<TaskIndex>,
): StartOrder[] {
  const pairs = (run.sample.pairsWaiting.get(machine.cluster) ?? []).filter((task) => !paired.has(task));
  const starts: StartOrder[] = [];
  while (starts.length < machine.credit) {
    const pair = pairs.shift();
    if (pair !== undefined) {
      // One number an attempt: a second cluster takes the same task at the next event at the earliest.
      paired.add(pair);
      starts.push({ ...nextAttempt(run.attempts, pair), kind: "pair" });
      continue;
    }
    const task = takeUnpaired(queue, paired);
    if (task === undefined) break;
    const kind = (run.attempts.failures[task] ?? 0) > 0 ? "retry" : "sample";
    starts.push({ ...nextAttempt(run.attempts, task), kind });
  }
  return starts;
}

function takeUnpaired(queue: QueueCursor, paired: ReadonlySet<TaskIndex>): TaskIndex | undefined {
  for (;;) {
    const task = queue.take();
    if (task === undefined || !paired.has(task)) return task;
  }
}

/** How long the phase waits for the last of its first tasks, in means of those that have ended. */
const PATIENCE = 4;

/** Is enough known? Either what was asked for has ended, or waiting for the rest would take too long. */
export function sampleEnd(run: SampleRun): EndSampling | undefined {
  const { sample } = run;
  if (firstAreOver(sample) && eachIsOver(run)) {
    return {
      kind: "end-sampling",
      because: { kind: "enough-sampled", handedOut: sample.first.size, over: sample.overFirst },
    };
  }
  const limit = patience(run);
  if (limit === undefined || sample.lastHandedAt === undefined || sample.first.size < sample.size)
    return undefined;
  const waited = between(sample.lastHandedAt, run.at);
  return waited >= limit
    ? { kind: "end-sampling", because: { kind: "sampling-took-too-long", waited, limit } }
    : undefined;
}

const eachIsOver = (run: SampleRun): boolean =>
  run.sample.clusters.every((cluster) => clusterIsSeen(run.sample, cluster) || isGivenUp(run, cluster));

/** When the phase ends even if nothing more happens; absent while its first tasks are still being handed out. */
export function sampleDeadline(run: SampleRun): Instant | undefined {
  const limit = patience(run);
  const { sample } = run;
  if (limit === undefined || sample.lastHandedAt === undefined || sample.first.size < sample.size)
    return undefined;
  return after(sample.lastHandedAt, limit);
}

function patience(run: SampleRun): Duration | undefined {
  const mean = meanSoFar(run.sample);
  return mean === undefined ? undefined : longer(minutes(1), timesLonger(mean, PATIENCE));
}
