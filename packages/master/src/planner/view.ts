/**
 * A run as consoles show it: a value of fixed size, whatever the size of the bag. Consoles render it and
 * decide nothing.
 */
import type { ClusterName, MachineId } from "@stint/shared/ids.js";
import type { Duration, Instant, MicroUsd } from "@stint/shared/units.js";
import type { Offers, Spread } from "./offer/records.js";
import type { EndState, Phase } from "./vocabulary/phase.js";
import type { RunningView } from "./view-running.js";
import type { OfferName } from "./vocabulary/settings.js";

export interface ClusterView {
  readonly name: ClusterName;
  /** Ready machines, and those still on their way. */
  readonly machines: number;
  readonly booting: number;
  /** What the plan in force asks for. */
  readonly wanted: number;
  readonly most: number;
  /** Slots in use, of slots there are. */
  readonly busySlots: number;
  readonly slots: number;
  readonly done: number;
  /** Mean runtime of a task here, as estimated now or, at the end, as measured; absent where nothing is known. */
  readonly mean?: Duration;
  readonly spent: MicroUsd;
  /** Exact price of a machine, in micro-dollars an hour. */
  readonly priceUsdPerHour: number;
}

export interface RunView {
  readonly name: string;
  readonly at: Instant;
  readonly beganAt: Instant;
  readonly phase: Phase;
  readonly inTail: boolean;
  readonly paused?: true;
  readonly endState?: EndState;
  readonly tasks: {
    readonly total: number;
    readonly done: number;
    readonly failed: number;
    /** Only when there are some. */
    readonly quarantined?: number;
    readonly running: number;
    /** Held by agents beyond their slots, to begin as soon as one is free; only when there are some. */
    readonly next?: number;
    readonly waiting: number;
    /** Given up because the money ended; 0 until then. */
    readonly left: number;
  };
  /** Sampling's progress: how many of the first tasks handed out have ended. */
  readonly sample?: { readonly size: number; readonly ended: number };
  readonly clusters: readonly ClusterView[];
  readonly budget?: MicroUsd;
  /** Owed so far. */
  readonly spent: MicroUsd;
  /** Reserved beyond what is owed. */
  readonly committed: MicroUsd;
  /** Time left, and cost of the whole run, as the last review saw them. */
  readonly timeLeft?: Spread<Duration>;
  readonly finalCost?: Spread<MicroUsd>;
  readonly offers?: Offers;
  readonly chosen?: OfferName;
  /** The newest decision worth telling a person, as a sentence with its reason. */
  readonly lastDecision?: { readonly at: Instant; readonly text: string };
  /** The newest of those, newest first, alike ones as one; absent where nobody kept them. */
  readonly decisions?: readonly { readonly at: Instant; readonly text: string }[];
  /** What runs, those that were started first first, up to a few dozen; absent where nobody looked. */
  readonly running?: readonly RunningView[];
  /** Why nothing is running although tasks wait; absent otherwise. */
  readonly waitingFor?: string;
  readonly machinesSilent: readonly MachineId[];
}
