/** What happens to machines, and what is ordered of them. */
import type { MachineId } from "@stint/shared/ids.js";
import type { Instant } from "@stint/shared/units.js";
import type { ClusterIndex } from "../vocabulary/configuration.js";
import type { DecisionBase, EventBase } from "../vocabulary/record.js";

interface MachineEventBase extends EventBase {
  readonly machine: MachineId;
}

/** The provider took the order; the machine is on its way. */
export interface MachineLaunched extends MachineEventBase {
  readonly kind: "machine-launched";
}
/** The provider refused, and it is certain that nothing exists. */
export interface MachineLaunchFailed extends MachineEventBase {
  readonly kind: "machine-launch-failed";
  readonly code: string;
  readonly message: string;
}
/** The first hello of its agent. */
export interface MachineReady extends MachineEventBase {
  readonly kind: "machine-ready";
  readonly slots: number;
  /** SHA-256 of the secret by which this agent is known from now on; absent in an imagined world. */
  readonly session?: string;
}
/** Nothing has been heard of it for the time after which leases are not renewed. */
export interface MachineSilent extends MachineEventBase {
  readonly kind: "machine-silent";
  /** The last instant at which it was heard. */
  readonly since: Instant;
}
/** A silent machine is heard again. */
export interface MachineBack extends MachineEventBase {
  readonly kind: "machine-back";
}
/** The provider confirms that the machine and all it started are dead. */
export interface MachineGone extends MachineEventBase {
  readonly kind: "machine-gone";
  /** Why, in the provider's words: `released`, `ended by itself`, `killed by signal 9`. */
  readonly cause: string;
}

export type MachineEvent =
  MachineLaunched | MachineLaunchFailed | MachineReady | MachineSilent | MachineBack | MachineGone;

/** Rent one machine; its first lease is already reserved. */
export interface RentMachine extends DecisionBase {
  readonly kind: "rent-machine";
  readonly machine: MachineId;
  readonly cluster: ClusterIndex;
  readonly paidUntil: Instant;
}
/** Pay a machine for longer. */
export interface RenewMachine extends DecisionBase {
  readonly kind: "renew-machine";
  readonly machine: MachineId;
  readonly paidUntil: Instant;
}
/** It works on to the end of what is owed for it and then leaves. */
export interface MarkLeaving extends DecisionBase {
  readonly kind: "mark-leaving";
  readonly machine: MachineId;
}
/** A machine on its way out stays after all. */
export interface KeepMachine extends DecisionBase {
  readonly kind: "keep-machine";
  readonly machine: MachineId;
}
/** Give it back now; nothing runs on it that is still wanted. */
export interface ReleaseMachine extends DecisionBase {
  readonly kind: "release-machine";
  readonly machine: MachineId;
}
/** Its lease is not renewed, as the money does not cover it: it ends at paid-until. */
export interface LetLapse extends DecisionBase {
  readonly kind: "let-lapse";
  readonly machine: MachineId;
}
/** Ask nothing of this cluster until then, or no more machines than it has shown it can deliver. */
export interface LimitCluster extends DecisionBase {
  readonly kind: "limit-cluster";
  readonly cluster: ClusterIndex;
  readonly most: number;
  readonly until: Instant;
}

export type MachineDecision =
  RentMachine | RenewMachine | MarkLeaving | KeepMachine | ReleaseMachine | LetLapse | LimitCluster;
