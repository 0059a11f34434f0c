/** Names of things, branded so that a machine's name cannot be taken for a cluster's. */
declare const brand: unique symbol;

/** The name of a cluster as the user wrote it. */
export type ClusterName = string & { readonly [brand]: "ClusterName" };
/** A machine of a run: its cluster's name and a number from 1, as `small-3`. Never used twice in a run. */
export type MachineId = string & { readonly [brand]: "MachineId" };
/** What the user calls a task: its id in the bag. */
export type TaskId = string & { readonly [brand]: "TaskId" };
/** The task's place in the bag, from 0. The number shown to people, and Seq in a joblog, is one more. */
export type TaskIndex = number & { readonly [brand]: "TaskIndex" };
/** The how-manieth start of a task, from 1. */
export type AttemptNumber = number & { readonly [brand]: "AttemptNumber" };

/** One start of one task, on one machine. */
export interface AttemptRef {
  readonly task: TaskIndex;
  readonly attempt: AttemptNumber;
}

/** A key for maps: `12.1` is the first attempt of the task at index 12. */
export type AttemptKey = string & { readonly [brand]: "AttemptKey" };

export const attemptKey = (ref: AttemptRef): AttemptKey =>
  `${String(ref.task)}.${String(ref.attempt)}` as AttemptKey;
export const machineId = (cluster: ClusterName, number: number): MachineId =>
  `${cluster}-${String(number)}` as MachineId;
