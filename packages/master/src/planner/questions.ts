/** Questions that need long thinking: values of fixed size, computed by {@link answer} away from the loop. */
import type { Snapshot } from "./estimate/snapshot.js";

export type Question =
  | { readonly kind: "offers"; readonly question: number; readonly snapshot: Snapshot }
  | {
      readonly kind: "review";
      readonly question: number;
      readonly search: boolean;
      readonly snapshot: Snapshot;
    };
