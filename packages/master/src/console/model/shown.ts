/** A run that is looked at, at an instant, with what a document needs to call it by. */
import { between, type Instant } from "@stint/shared/units.js";
import type { Chronicle, SeenRun } from "./chronicle.js";

export interface Shown {
  readonly run: SeenRun;
  readonly chronicle: Chronicle;
  /** A run that has ended stands still. */
  readonly now: Instant;
  /** Its name, the last part of its folder. */
  readonly name: string;
  readonly bag: string;
  /** Nothing is rented and no task is run. */
  readonly imagined?: true;
}

/** The run at this moment, and not only as it was at its last event. */
export const standing = ({ run, now }: Shown): SeenRun =>
  run.phase === "ended" || between(run.at, now) <= 0 ? run : { ...run, at: now };
