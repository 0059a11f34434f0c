/**
 * An imagined world for somebody who looks on: its time passes as a real clock's does, so many times as fast. What
 * happens in it is what would happen without a pace, but for when a person's pick falls.
 */
import { after, microseconds, type Instant } from "@stint/shared/units.js";
import type { Run } from "../planner/run-state.js";
import type { ImaginedWorld } from "./imagined-world.js";

export interface PaceOptions {
  /** How many times as fast as the real clock, at this moment. */
  readonly speed: () => number;
  /** Milliseconds of a real clock that never goes back. */
  readonly realNow: () => number;
  /** What was thrown while the world went on: a defect. */
  readonly broken: (reason: unknown) => void;
}

export interface Pace {
  /** Of the imagined world. */
  readonly now: () => Instant;
  /** Resolves when the run has ended. */
  readonly ended: Promise<void>;
  /** Time stands still from here on. */
  readonly stop: () => void;
}

const TICK_MS = 50;
/** A computer that slept, or thought hard, leaps no further than this. */
const LEAP_MOST_MS = 250;

export function pace(
  world: Pick<ImaginedWorld, "now" | "passUntil"> & { readonly run: () => Pick<Run, "phase"> },
  { speed, realNow, broken }: PaceOptions,
): Pace {
  let lookedAt = realNow();
  let resolve: () => void = () => undefined;
  const ended = new Promise<void>((done) => {
    resolve = done;
  });
  const now = (): Instant => {
    const passed = Math.min(LEAP_MOST_MS, Math.max(0, realNow() - lookedAt));
    return world.run().phase === "ended"
      ? world.now()
      : after(world.now(), microseconds(Math.round(passed * 1000 * speed())));
  };
  const tick = (): void => {
    const until = now();
    lookedAt = realNow();
    world.passUntil(until);
    if (world.run().phase !== "ended") return;
    stop();
    resolve();
  };
  const timer = setInterval(() => {
    try {
      tick();
    } catch (reason) {
      stop();
      broken(reason);
    }
  }, TICK_MS);
  const stop = (): void => clearInterval(timer);
  return { now, ended, stop };
}
