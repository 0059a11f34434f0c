/** Every record of a run: what can happen to it, and all that it can order. */
import type { AttemptDecision, AttemptEvent } from "./attempts/records.js";
import type { EstimateDecision } from "./estimate/records.js";
import type { MachineDecision, MachineEvent } from "./machines/records.js";
import type { MoneyEvent } from "./money/records.js";
import type { OfferDecision, OfferEvent } from "./offer/records.js";
import type { ReviewDecision, ReviewEvent } from "./reevaluate/records.js";
import type { SampleDecision } from "./sample/records.js";
import type { TailDecision } from "./tail/records.js";
import type { EndState } from "./vocabulary/phase.js";
import type { DecisionBase, EventBase } from "./vocabulary/record.js";
import type { Halt, RunSettings } from "./vocabulary/settings.js";

/** The first event of every run. */
export interface RunBegan extends EventBase {
  readonly kind: "run-began";
  readonly settings: RunSettings;
  readonly bagSize: number;
  /** Whose journal it is, as the run's other files name it; absent where a run is imagined, and in older journals. */
  readonly bagId?: string;
}
/** The instant came that the run had asked to be woken at. */
export interface TimePassed extends EventBase {
  readonly kind: "time-passed";
}
/** `drain` lets running tasks end for a while; `now` does not. */
export interface StopAsked extends EventBase {
  readonly kind: "stop-asked";
  readonly how: "drain" | "now";
}
/** Start, rent and renew nothing; what runs goes on to what is paid. */
export interface PauseAsked extends EventBase {
  readonly kind: "pause-asked";
}
/** Go on after a pause. */
export interface UnpauseAsked extends EventBase {
  readonly kind: "unpause-asked";
}
/** Tasks that failed for good are wanted after all, as if they had never been tried. */
export interface RetryAsked extends EventBase {
  readonly kind: "retry-asked";
}
/** A master took the run up again, after all earlier records were applied. */
export interface Resumed extends EventBase {
  readonly kind: "resumed";
  /** Settings that this call overrides. */
  readonly choose?: RunSettings["choose"];
  readonly yes?: boolean;
  readonly whenShort?: RunSettings["whenShort"];
  readonly halt?: Halt | "never";
  /** So many tasks the bag has from now on: new lines of an edited one stand behind those it had. */
  readonly bagSize?: number;
  /** So many bytes at the journal's end were no whole record, and are gone; absent where there were none. */
  readonly droppedBytes?: number;
}

export type LifecycleEvent =
  RunBegan | TimePassed | StopAsked | PauseAsked | UnpauseAsked | RetryAsked | Resumed;

/** No more is done: everything is given back and counted. */
export interface EndRun extends DecisionBase {
  readonly kind: "end-run";
  readonly state: EndState;
}
/** Wind up: start nothing, give machines back, end with this state when they are gone. */
export interface BeginStopping extends DecisionBase {
  readonly kind: "begin-stopping";
  readonly state: EndState;
  /** Cancel what runs at once instead of waiting for it. */
  readonly now: boolean;
}

export type LifecycleDecision = EndRun | BeginStopping;

export type RunEvent = LifecycleEvent | MoneyEvent | MachineEvent | AttemptEvent | OfferEvent | ReviewEvent;
export type Decision =
  | LifecycleDecision
  | MachineDecision
  | AttemptDecision
  | SampleDecision
  | EstimateDecision
  | OfferDecision
  | ReviewDecision
  | TailDecision;

/** One step of a run, whole or absent in the journal: what happened, and what was decided about it. */
export interface Frame {
  readonly event: RunEvent;
  readonly decisions: readonly Decision[];
}
