/** Why the sampling room decides as it does. */
import type { Duration, MicroUsd } from "@stint/shared/units.js";

export type SampleBecause =
  | { readonly kind: "nothing-to-choose" }
  | { readonly kind: "told" }
  | { readonly kind: "bag-too-small-to-sample"; readonly tasks: number; readonly clusters: number }
  | { readonly kind: "sampling-too-dear"; readonly least: MicroUsd; readonly money: MicroUsd }
  | {
      readonly kind: "sample-sized";
      readonly tasks: number;
      readonly pairsWanted: number;
      /** Fewer than wanted where tasks may not be copied. */
      readonly pairsAllowed: number;
      /** Clusters of which not one machine fits into the money for sampling. */
      readonly leftOut: number;
    }
  | { readonly kind: "sampling-begins"; readonly share: number }
  | { readonly kind: "sampling" }
  | { readonly kind: "cluster-unseen"; readonly free: MicroUsd | null }
  | { readonly kind: "enough-sampled"; readonly handedOut: number; readonly over: number }
  | { readonly kind: "sampling-took-too-long"; readonly waited: Duration; readonly limit: Duration }
  | { readonly kind: "sampling-money-used" };
