/**
 * A world behind the six ports in which time passes only when nothing is left to do at an instant. The drive and
 * the planner are the ones that run live; nothing of them is imagined.
 */
import { invariant } from "@stint/shared/invariant.js";
import { after, instant, later, NO_TIME, type Duration, type Instant } from "@stint/shared/units.js";
import { carryOutAgain } from "../drive/carry-out.js";
import { createDrive, type Drive } from "../drive/drive.js";
import type { Audience, Ports } from "../drive/ports.js";
import { answer } from "../planner/answer.js";
import type { Frame, RunEvent } from "../planner/records.js";
import { newRun, type Run } from "../planner/run-state.js";
import type { BagShape, RunSettings } from "../planner/vocabulary/settings.js";
import { createEventQueue, type EventQueue } from "./event-queue.js";
import type { ImaginedCluster } from "./imagined-cluster.js";
import { createFleet, type ImaginedFleet } from "./imagined-fleet.js";
import type { ImaginedMachine } from "./imagined-machine.js";
import { planPrices } from "./price-changes.js";
import type { Runtimes } from "./runtimes.js";
import { bagSize, truthOf } from "./true-runtimes.js";

/** 2000-01-01T00:00Z: every imagined run begins then. */
export const EPOCH = instant(946_684_800_000_000);

export interface WorldOptions {
  /** The seed of the settings is the world's too: it determines everything that happens. */
  readonly settings: RunSettings;
  /** In the order of the clusters of the settings. */
  readonly clusters: readonly ImaginedCluster[];
  readonly runtimes: Runtimes;
  readonly tasks: Pick<BagShape, "retriesOf" | "mayBeCopied">;
  /** Tasks of the bag at the beginning; absent: all that have a runtime. */
  readonly beginsWith?: number;
  readonly audience: Audience;
  /** Told of every frame as it is written down, before it is carried out: what a journal holds. */
  readonly written?: (frame: Frame, run: Run) => void;
}

export interface ImaginedWorld {
  readonly run: () => Run;
  readonly now: () => Instant;
  /** Machines that are there, whether the run knows it or not. */
  readonly machines: () => Iterable<ImaginedMachine>;
  /** Says something to the run from outside, at this instant. */
  readonly tell: (event: (at: Instant) => RunEvent) => void;
  /** Lets time pass until the run has ended, or for this many frames more. */
  readonly proceed: (framesMost?: number) => void;
  /** Lets happen what happens until then; then it is then, unless the run has ended before. */
  readonly passUntil: (at: Instant) => void;
  /** There is a master, and it lives. */
  readonly hasMaster: () => boolean;
  /** Lets time pass without a master. */
  readonly elapse: (span: Duration) => void;
  /** Another master takes up the run after the last one died; `run` is what its journal tells. */
  readonly recover: (run: Run, bagSize?: number) => void;
  /** The master dies after writing down so many frames more; what the last one orders is not carried out. */
  readonly crashAfter: (frames: number) => void;
}

interface World {
  readonly queue: EventQueue;
  readonly fleet: ImaginedFleet;
  readonly ports: Ports;
  run: Run;
  now: Instant;
  wakeAt: Instant | undefined;
  /** Absent while there is no master. */
  drive: Drive | undefined;
  /** What agents and provider had to say while there was no master. */
  unheard: RunEvent[];
  frames: number;
  crashAt: number | undefined;
}

export function createWorld(options: WorldOptions): ImaginedWorld {
  const world = newWorld(options);
  const { settings } = options;
  const { shape } = world.run;
  world.drive = createDrive(world.run, world.ports);
  planPrices(options.clusters, {
    beganAt: EPOCH,
    plan: (at, happen) => world.queue.plan(at, happen),
    deliver: (event) => deliver(world, event),
  });
  world.queue.plan(EPOCH, () =>
    deliver(world, { kind: "run-began", at: world.now, settings, bagSize: shape.size }),
  );
  return {
    run: () => world.run,
    now: () => world.now,
    machines: () => world.fleet.machines.values(),
    tell: (event) => deliver(world, event(world.now)),
    proceed: (framesMost) => proceed(world, framesMost),
    passUntil: (at) => passUntil(world, at),
    hasMaster: () => world.drive !== undefined,
    elapse: (span) => elapse(world, span),
    recover: (run, bagSize) => recover(world, run, bagSize),
    crashAfter: (frames) => (world.crashAt = world.frames + frames),
  };
}

function newWorld(options: WorldOptions): World {
  const { settings, clusters, runtimes, tasks, audience } = options;
  const shape: BagShape = { ...tasks, size: options.beginsWith ?? bagSize(runtimes) };
  const queue = createEventQueue();
  const fleet = createFleet({
    settings,
    clusters,
    truth: truthOf(runtimes, clusters, settings.seed),
    now: () => world.now,
    plan: (at, happen) => queue.plan(at, happen),
    deliver: (event) => deliver(world, event),
    doneShare: () => doneShare(world.run),
  });
  const world: World = {
    queue,
    fleet,
    ports: {
      clock: { now: () => world.now, wakeAt: (at) => (world.wakeAt = at) },
      provisioner: fleet.provisioner,
      agents: fleet.agents,
      journal: {
        append: (frame, durable) => writeDown(world, () => options.written?.(frame, world.run), durable),
      },
      evaluator: { evaluate: (question) => think(world, question) },
      audience,
    },
    run: newRun(settings, shape, EPOCH),
    now: EPOCH,
    wakeAt: undefined,
    drive: undefined,
    unheard: [],
    frames: 0,
    crashAt: undefined,
  };
  return world;
}

function deliver(world: World, event: RunEvent): void {
  if (world.drive === undefined) world.unheard.push(event);
  else world.drive.deliver(event);
  if (world.drive === undefined) world.wakeAt = undefined;
}

/** The share of the bag that has ended, 0 to 1. */
export function doneShare(run: Run): number {
  const { done, failed } = run.attempts.count;
  return (done + failed) / Math.max(1, run.shape.size);
}

function writeDown(world: World, written: () => void, durable: () => void): void {
  world.frames += 1;
  written();
  if (world.frames === world.crashAt) world.drive = undefined;
  else durable();
}

/** The answer comes after whatever else happens at this instant. */
function think(world: World, question: Parameters<typeof answer>[0]): void {
  const computed = answer(question);
  world.queue.plan(world.now, () => deliver(world, { ...computed, at: world.now }));
}

/** A run of so many tasks that has not ended after this many frames goes in circles. */
const framesAllowed = (tasks: number): number => 20_000 + 200 * tasks;

function proceed(world: World, framesMost = Infinity): void {
  const last = world.frames + framesMost;
  while (goesOn(world) && world.frames < last) {
    // Only somebody who says so can make a paused run go on.
    if (world.run.paused && nextAt(world) === undefined) return;
    stepOn(world);
  }
}

const goesOn = ({ run, drive }: World): boolean => run.phase !== "ended" && drive !== undefined;

function passUntil(world: World, at: Instant): void {
  while (goesOn(world) && (nextAt(world) ?? Infinity) <= at) stepOn(world);
  if (goesOn(world)) world.now = later(world.now, at);
}

/** When the next thing happens; absent when nothing will. */
function nextAt({ queue, wakeAt }: World): Instant | undefined {
  const next = queue.nextAt();
  if (next === undefined || wakeAt === undefined) return next ?? wakeAt;
  return next < wakeAt ? next : wakeAt;
}

function stepOn(world: World): void {
  const allowed = framesAllowed(world.run.shape.size);
  invariant(world.frames < allowed, "a run ends", { frames: world.frames, phase: world.run.phase });
  const next = world.queue.nextAt();
  if (next !== undefined && (world.wakeAt === undefined || next <= world.wakeAt)) {
    world.now = next;
    world.queue.happenNext();
    return;
  }
  const { wakeAt } = world;
  invariant(wakeAt !== undefined, "a run that has not ended waits for something", { phase: world.run.phase });
  world.now = wakeAt;
  world.wakeAt = undefined;
  deliver(world, { kind: "time-passed", at: wakeAt });
}

function elapse(world: World, span: Duration): void {
  world.drive = undefined;
  const end = after(world.now, span);
  for (let next = world.queue.nextAt(); next !== undefined && next <= end; next = world.queue.nextAt()) {
    world.now = next;
    world.queue.happenNext();
  }
  world.now = end;
}

function recover(world: World, run: Run, bagSize?: number): void {
  elapse(world, NO_TIME);
  world.crashAt = undefined;
  world.run = run;
  world.drive = createDrive(run, world.ports);
  carryOutAgain(run, world.ports);
  deliver(world, { kind: "resumed", at: world.now, ...(bagSize !== undefined && { bagSize }) });
  const missed = world.unheard;
  world.unheard = [];
  for (const event of missed) {
    if (!REPEATED.has(event.kind)) continue;
    // How many tasks an agent can take it says anew.
    const credit = event.kind === "attempts-ended" ? { credit: 0 } : {};
    deliver(world, { ...event, ...credit, at: world.now });
  }
  world.fleet.helloAgain();
}

/** Agents keep results and repeat them, a market its price; what a dead master would have been told otherwise is lost. */
const REPEATED: ReadonlySet<RunEvent["kind"]> = new Set([
  "price-changed",
  "attempts-ended",
  "machine-launched",
  "machine-launch-failed",
  "machine-gone",
]);
