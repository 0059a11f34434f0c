/**
 * What every room knows of a run. Each room with state extends this with its own part; `run-state.ts` has
 * them all. A room sees its own part and those of the rooms before it.
 */
import type { Instant } from "@stint/shared/units.js";
import type { Phase } from "./phase.js";
import type { BagShape, RunSettings } from "./settings.js";

export interface RunCore {
  /** Grows when a run is taken up again with an edited bag. */
  shape: BagShape;
  settings: RunSettings;
  /** The instant of the last event. */
  at: Instant;
  beganAt: Instant;
  phase: Phase;
  /** Nothing is started, rented or renewed until somebody says so. */
  paused: boolean;
  /** The phase to go back to when a stopped run is resumed. */
  resumesAs: "sampling" | "choosing" | "running";
}
