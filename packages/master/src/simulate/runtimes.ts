/** How long the tasks of an imagined world truly take: drawn from a distribution, or as they were recorded. */
import type { Distribution } from "./distribution.js";

export type Runtimes =
  /** So many tasks, each runtime drawn once; what a machine of speed 1 takes. */
  | { readonly kind: "drawn"; readonly distribution: Distribution; readonly tasks: number }
  | { readonly kind: "recorded"; readonly ids: readonly string[]; readonly seconds: RecordedSeconds };

/** Seconds, finite and not negative (0 occurs), in the order of `ids`. */
export type RecordedSeconds =
  /** What a machine of speed 1 takes; others divide it by their speed. */
  | { readonly kind: "base"; readonly base: Float64Array }
  /** One array for each cluster of the settings, in their order; `speed` says nothing there. */
  | { readonly kind: "by-cluster"; readonly clusters: readonly Float64Array[] };
