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
      /** None where there is one cluster to try. */
      readonly pairsWanted: number;
      /** Fewer than wanted where tasks may not be copied. */
      readonly pairsAllowed: number;
      /** Clusters that are not tried, and so many of them because there are enough others; else they are too dear. */
      readonly leftOut: number;
      readonly tooMany?: number;
      /** Some of these by name. */
      readonly leftOutFirst?: readonly string[];
    }
  | { readonly kind: "sampling-begins"; readonly share: number }
  | { readonly kind: "sampling" }
  | { readonly kind: "cluster-unseen"; readonly free: MicroUsd | null }
  | { readonly kind: "enough-sampled"; readonly handedOut: number; readonly over: number }
  | { readonly kind: "sampling-took-too-long"; readonly waited: Duration; readonly limit: Duration }
  | { readonly kind: "sampling-money-used" };
