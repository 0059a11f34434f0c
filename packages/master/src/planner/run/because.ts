/** Why the running room decides as it does. */
import type { Duration, Instant, MicroUsd } from "@stint/shared/units.js";

export type RunBecause =
  | { readonly kind: "self-scheduled" }
  | { readonly kind: "plan-wants"; readonly wanted: number; readonly have: number }
  | {
      readonly kind: "plan-wants-fewer";
      readonly wanted: number;
      readonly have: number;
      readonly owedUntil: Instant;
    }
  | { readonly kind: "spend-the-rest"; readonly free: MicroUsd | null; readonly waiting: number }
  | { readonly kind: "budget-holds-more"; readonly budget: MicroUsd; readonly cheapest: MicroUsd }
  /** Of all clusters sampled so many are the cheapest a task, as far as is known. */
  | { readonly kind: "best-buy"; readonly clusters: number }
  | { readonly kind: "still-wanted"; readonly until: Instant; readonly left?: Duration }
  | { readonly kind: "last-of-the-money"; readonly until: Instant; readonly free: MicroUsd | null }
  | { readonly kind: "finishing-its-tasks"; readonly active: number }
  | {
      readonly kind: "no-money-for-it";
      readonly needed: MicroUsd;
      readonly free: MicroUsd;
      /** What is free for the sample alone. */
      readonly sampling?: true;
    }
  | { readonly kind: "nothing-to-do-here"; readonly owedUntil: Instant; readonly waiting: number }
  | { readonly kind: "others-end-it-sooner"; readonly owedUntil: Instant; readonly waiting: number }
  | { readonly kind: "no-hello"; readonly waited: Duration; readonly limit: Duration }
  /** `endsIn`: it is given back so long before, since its tasks have to be ended first. */
  | { readonly kind: "lease-is-over"; readonly paidUntil: Instant; readonly endsIn?: Duration }
  | { readonly kind: "run-is-over" }
  | { readonly kind: "run-is-paused" }
  | {
      readonly kind: "delivers-less";
      readonly asked: number;
      readonly failed: number;
      readonly have: number;
    };
