/**
 * An imagined world in which a policy decides instead of stint's planner: the same fleet, the same true runtimes, the
 * same billing, and the same figures at the end. What it orders is done at once; nothing holds it back.
 */
import { invariant, present } from "@stint/shared/invariant.js";
import type { MachineId, TaskIndex } from "@stint/shared/ids.js";
import type { Instant } from "@stint/shared/units.js";
import type { ClosedAttempt } from "../../planner/attempts/closed.js";
import type { AttemptKind } from "../../planner/attempts/records.js";
import type { ClosedMachine } from "../../planner/machines/closed.js";
import type { RunEvent } from "../../planner/records.js";
import { summarise } from "../../planner/report/summarise.js";
import { usd } from "../../planner/report/summary-words.js";
import { newRun, type Run } from "../../planner/run-state.js";
import type { ClusterIndex } from "../../planner/vocabulary/configuration.js";
import type { EndState } from "../../planner/vocabulary/phase.js";
import { createEventQueue, type EventQueue } from "../event-queue.js";
import { createFleet, type ImaginedFleet } from "../imagined-fleet.js";
import { doneShare, EPOCH } from "../imagined-world.js";
import type { SimulatedRun, SimulationOptions } from "../simulate.js";
import { planPrices } from "../price-changes.js";
import { bagSize, truthOf } from "../true-runtimes.js";
import { notePrice, noteRelease, noteRent, noteStart, observe, type FleetEvent } from "./observing-ledger.js";

/** What a policy sees of the world, and what it may order. */
export interface ObservedWorld {
  /** The books as they stand; a policy reads what it would know and changes nothing. */
  readonly run: Run;
  now(): Instant;
  plan(at: Instant, happen: () => void): void;
  rent(cluster: ClusterIndex): MachineId;
  /** Ends the machine and what it runs. */
  release(machine: MachineId): void;
  start(machine: MachineId, task: TaskIndex, kind: AttemptKind): void;
  /** Sampling is over, and the money is set. */
  noteSampled(): void;
  /** Everything is given back, and the run is over. */
  end(state: EndState, because: string): void;
}

export interface Policy {
  begin(): void;
  /** Told after the books have been brought up to date; not any more once it has ended the run. */
  heard(event: FleetEvent): void;
}

interface World {
  readonly options: SimulationOptions;
  readonly run: Run;
  readonly queue: EventQueue;
  readonly fleet: ImaginedFleet;
  readonly attempts: ClosedAttempt[];
  readonly machines: ClosedMachine[];
  policy: Policy | undefined;
  now: Instant;
  ending: { readonly state: EndState; readonly because: string } | undefined;
  events: number;
}

export function simulateObserved(
  options: SimulationOptions,
  policyFor: (world: ObservedWorld) => Policy,
): SimulatedRun {
  const world = newWorld(options);
  planPrices(options.clusters, {
    beganAt: EPOCH,
    plan: (at, happen) => world.queue.plan(at, happen),
    deliver: (event) => notePrice(world.run, event),
  });
  world.policy = policyFor(seenBy(world));
  world.queue.plan(EPOCH, () => world.policy?.begin());
  proceed(world);
  return resultOf(world);
}

function newWorld(options: SimulationOptions): World {
  const { settings, clusters, runtimes, tasks } = options;
  const queue = createEventQueue();
  // A policy that copies tasks does so whatever they say of it: that is how it learns.
  const shape = { ...tasks, mayBeCopied: () => true, size: bagSize(runtimes) };
  const { budget: _, ...unlimited } = settings;
  const run = newRun(unlimited, shape, EPOCH);
  const world: World = {
    options,
    run,
    queue,
    fleet: createFleet({
      settings,
      clusters,
      truth: truthOf(runtimes, clusters, settings.seed),
      now: () => world.now,
      plan: (at, happen) => queue.plan(at, happen),
      deliver: (event) => deliver(world, event),
      doneShare: () => doneShare(run),
    }),
    attempts: [],
    machines: [],
    policy: undefined,
    now: EPOCH,
    ending: undefined,
    events: 0,
  };
  run.phase = "running";
  return world;
}

const seenBy = (world: World): ObservedWorld => ({
  run: world.run,
  now: () => world.now,
  plan: (at, happen) =>
    world.queue.plan(at, () => {
      if (world.ending === undefined) happen();
    }),
  rent: (cluster) => rent(world, cluster),
  release: (machine) => release(world, machine),
  start(machine, task, kind) {
    world.run.at = world.now;
    const start = noteStart(world.run, machine, task, kind);
    world.fleet.agents.start(machine, [{ ...start, slowdown: 1 }]);
  },
  noteSampled() {
    world.run.sample.endedAt = world.now;
    world.run.offer.acceptedAt = world.now;
  },
  end: (state, because) => end(world, state, because),
});

function rent(world: World, cluster: ClusterIndex): MachineId {
  world.run.at = world.now;
  const { machine, paidUntil } = noteRent(world.run, cluster);
  const kind = present(world.run.settings.clusters[cluster], "the cluster exists", { cluster });
  world.fleet.provisioner.launch({ machine, cluster: kind, paidUntil });
  return machine;
}

function release(world: World, machine: MachineId): void {
  noteRelease(world.run, machine);
  world.fleet.provisioner.release(machine);
}

function end(world: World, state: EndState, because: string): void {
  world.ending = { state, because };
  for (const machine of world.run.machines.live.values()) {
    if (machine.state !== "releasing") release(world, machine.id);
  }
}

/** Only what its own machines and agents say reaches an imagined fleet's master. */
function deliver(world: World, event: RunEvent): void {
  invariant(isOfFleet(event), "an imagined fleet speaks of machines and attempts", { kind: event.kind });
  world.events += 1;
  observe(world.run, event);
  world.attempts.push(...world.run.closedAttempts);
  world.machines.push(...world.run.closedMachines);
  if (world.ending === undefined) world.policy?.heard(event);
}

const isOfFleet = (event: RunEvent): event is FleetEvent =>
  event.kind.startsWith("machine-") || event.kind === "tasks-wanted" || event.kind === "attempts-ended";

/** A policy that has not come to an end after so many steps goes in circles. */
const stepsAllowed = (tasks: number): number => 1_000_000 + 1_000 * tasks;

function proceed(world: World): void {
  const allowed = stepsAllowed(world.run.shape.size);
  const isOver = (): boolean => world.ending !== undefined && world.run.machines.live.size === 0;
  for (let steps = 0; !isOver(); steps += 1) {
    const next = world.queue.nextAt();
    invariant(next !== undefined, "a policy that has not ended its run waits for something");
    invariant(steps < allowed, "a policy comes to an end", { steps });
    world.now = next;
    world.queue.happenNext();
  }
}

function resultOf({ run, options, ending, now, ...seen }: World): SimulatedRun {
  run.at = now;
  run.phase = "ended";
  run.report.endedAt = now;
  run.endState = ending?.state;
  run.settings = options.settings;
  const { budget, name } = options.settings;
  run.money.budget = budget;
  const summary = summarise(run, {
    run: name,
    bag: options.bag,
    state: ending?.state ?? "stopped",
    ...(ending !== undefined && { because: ending.because }),
  });
  return {
    summary: { ...summary, budget_usd: budget === undefined ? null : usd(budget) },
    run,
    attempts: seen.attempts,
    machines: seen.machines,
    frameCount: seen.events,
    frames: [],
    violations: [],
  };
}
