/** Runs a random world to its end while every law is watched; whatever is wrong is thrown with its numbers. */
import { expect } from "vitest";
import { seconds, type MicroUsd } from "@stint/shared/units.js";
import { closedBy } from "@stint/master/drive/drive.js";
import type { ClosedAttempt } from "@stint/master/planner/attempts/closed.js";
import { createChecker } from "@stint/master/planner/check-run.js";
import { applyFrame, step } from "@stint/master/planner/decide.js";
import type { ClosedMachine } from "@stint/master/planner/machines/closed.js";
import type { Frame } from "@stint/master/planner/records.js";
import { newRun, type Run } from "@stint/master/planner/run-state.js";
import { createWorld, EPOCH, type ImaginedWorld } from "@stint/master/simulate/imagined-world.js";
import { bagSize } from "@stint/master/simulate/true-runtimes.js";
import { watchForMore } from "./nothing-more.js";
import type { Mishap, RandomWorld } from "./random-worlds.js";

export interface LawfulRun {
  readonly run: Run;
  readonly frames: readonly Frame[];
  readonly attempts: readonly ClosedAttempt[];
  readonly machines: readonly ClosedMachine[];
}

/** @param watch shown every frame before it is judged, for who looks for a fault */
export function lawfulRun(drawn: RandomWorld, watch?: (frame: Frame, run: Run) => void): LawfulRun {
  const frames: Frame[] = [];
  const attempts: ClosedAttempt[] = [];
  const machines: ClosedMachine[] = [];
  const checker = createChecker(drawn.settings, sizeAtFirst(drawn), drawn.tasks);
  const expectNothingMore = watchForMore();
  const world = createWorld({
    ...drawn,
    audience: { seen: () => undefined },
    written(frame, run) {
      frames.push(frame);
      attempts.push(...closedBy(run).attempts);
      machines.push(...closedBy(run).machines);
      watch?.(frame, run);
      expect(checker.check(frame), JSON.stringify(frame.event)).toEqual([]);
      expectNoDoubles(drawn, world);
      expectNothingMore(frame, run);
    },
  });
  for (const mishap of drawn.mishaps) befall(drawn, world, mishap, frames);
  world.proceed();
  expect(checker.finish()).toEqual([]);
  expectSame(world.run(), replay(drawn, frames));
  expectSameDecisions(drawn, frames);
  return { run: world.run(), frames, attempts, machines };
}

function befall(drawn: RandomWorld, world: ImaginedWorld, mishap: Mishap, frames: readonly Frame[]): void {
  if (mishap.kind === "crashed") {
    world.crashAfter(mishap.afterFrames);
    world.proceed();
    if (!world.hasMaster()) comeBack(drawn, world, mishap, frames);
    else world.crashAfter(Infinity);
    return;
  }
  world.proceed(mishap.kind === "retried" ? Infinity : mishap.afterFrames);
  if (mishap.kind === "retried") {
    world.tell((at) => ({ kind: "retry-asked", at }));
  } else if (mishap.kind === "paused") {
    pauseFor(world, mishap.afterFrames);
    if (world.run().phase !== "ended") return;
  } else if (mishap.kind === "budget-added") {
    const amount = Math.ceil((drawn.settings.budget ?? 0) / 2) as MicroUsd;
    world.tell((at) => ({ kind: "budget-added", amount, at }));
    if (world.run().phase !== "ended") return;
  } else if (mishap.kind !== "extended") {
    world.tell((at) => ({ kind: "stop-asked", how: mishap.kind === "stopped-now" ? "now" : "drain", at }));
    world.proceed();
  }
  comeBack(drawn, world, mishap, frames);
}

/** For so many frames, or until nothing happens any more. */
function pauseFor(world: ImaginedWorld, frames: number): void {
  world.tell((at) => ({ kind: "pause-asked", at }));
  world.proceed(frames);
  world.tell((at) => ({ kind: "unpause-asked", at }));
}

function comeBack(drawn: RandomWorld, world: ImaginedWorld, mishap: Mishap, frames: readonly Frame[]): void {
  world.elapse(seconds(mishap.away));
  const recovered = replay(drawn, frames);
  expectSame(world.run(), recovered);
  world.recover(recovered, mishap.kind === "extended" ? bagSize(drawn.runtimes) : undefined);
}

const atTheBeginning = (drawn: RandomWorld): Run =>
  newRun(drawn.settings, { ...drawn.tasks, size: sizeAtFirst(drawn) }, EPOCH);

const sizeAtFirst = (drawn: RandomWorld): number => drawn.beginsWith ?? bagSize(drawn.runtimes);

/** A journal holds text: what does not survive it must not matter. */
const asWritten = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

function replay(drawn: RandomWorld, frames: readonly Frame[]): Run {
  const run = atTheBeginning(drawn);
  for (const frame of frames) applyFrame(run, asWritten(frame));
  return run;
}

/** Everything but the bag's functions, with the order in maps and sets. */
const image = (run: Run): string =>
  JSON.stringify({ ...run, shape: undefined }, (_key, value: unknown) => {
    if (typeof value === "bigint") return value.toString();
    if (value instanceof Map) return { map: [...(value as Map<unknown, unknown>)] };
    if (value instanceof Set) return { set: [...(value as Set<unknown>)] };
    return value;
  });

function expectSame(run: Run, replayed: Run): void {
  if (image(run) !== image(replayed)) expect(JSON.parse(image(replayed))).toEqual(JSON.parse(image(run)));
}

function expectSameDecisions(drawn: RandomWorld, frames: readonly Frame[]): void {
  const run = atTheBeginning(drawn);
  for (const frame of frames) {
    const { decisions } = step(run, asWritten(frame.event));
    expect(asWritten(decisions), JSON.stringify(frame.event)).toEqual(asWritten(frame.decisions));
  }
}

/** What may not be copied is never in two slots at once, whatever the records say. */
function expectNoDoubles(drawn: RandomWorld, world: ImaginedWorld): void {
  const running = new Set<number>();
  for (const machine of world.machines()) {
    for (const held of machine.slots) {
      if (held === undefined || drawn.tasks.mayBeCopied(held.ref.task)) continue;
      expect(running.has(held.ref.task), `task ${String(held.ref.task)} runs twice`).toBe(false);
      running.add(held.ref.task);
    }
  }
}
