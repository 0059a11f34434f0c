/** Why the room of offers decides as it does. */
import type { Duration, MicroUsd } from "@stint/shared/units.js";
import type { OfferName } from "../vocabulary/settings.js";

export type OfferBecause =
  | { readonly kind: "sampling-is-over" }
  | { readonly kind: "offers-are-old"; readonly age: Duration; readonly limit: Duration }
  | {
      readonly kind: "offers-are-in";
      readonly plans: number;
      /** Different ones among the offers. */
      readonly offered?: number;
    }
  | { readonly kind: "picked"; readonly by: "flag" | "yes" | "person"; readonly pick: OfferName }
  | { readonly kind: "nothing-to-choose" }
  /** All that ended failed, and somebody said that the run is to go on all the same. */
  | { readonly kind: "nothing-learnt"; readonly failed: number }
  | { readonly kind: "spend-what-there-is"; readonly tasks: number; readonly needed: MicroUsd };
