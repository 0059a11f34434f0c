/** Why a run winds up. */
import type { MicroUsd } from "@stint/shared/units.js";
import type { Halt } from "./vocabulary/settings.js";

export type StopBecause =
  | {
      readonly kind: "all-tasks-ended";
      readonly done: number;
      readonly failed: number;
      /** Only when there are some. */
      readonly quarantined?: number;
    }
  | { readonly kind: "first-attempts-all-failed"; readonly attempts: number }
  | {
      readonly kind: "too-many-failed";
      readonly givenUp: number;
      /** Of so many tasks that have ended. */
      readonly ended: number;
      readonly halt: Halt;
    }
  | { readonly kind: "asked-to-stop"; readonly how: "drain" | "now" }
  | { readonly kind: "nobody-chose" }
  | { readonly kind: "only-planned" }
  | { readonly kind: "budget-buys-no-sample"; readonly lease: MicroUsd; readonly needed: MicroUsd }
  | { readonly kind: "budget-buys-no-plan"; readonly tasks: number; readonly needed: MicroUsd }
  | { readonly kind: "money-is-used-up"; readonly left: number; readonly free: MicroUsd | null }
  | { readonly kind: "no-machine-comes"; readonly clusters: number };
