/**
 * Runtimes that a planner is told instead of finding them out: how good is it when it need not learn? Only for
 * experiments; a plain value of fixed size, so that it can stand in a run's first event.
 */

export interface Told {
  /** Before anything is sampled, so that nothing is; or when sampling ends, in the state that it has led to. */
  readonly when: "at-first" | "after-sampling";
  /** For each cluster of the settings, in their order. */
  readonly clusters: readonly (readonly ToldRuntime[])[];
}

/** So many tasks of the bag take so many seconds there, on average. */
export interface ToldRuntime {
  readonly seconds: number;
  readonly tasks: number;
}
