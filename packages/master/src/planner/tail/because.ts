/** Why the tail decides as it does. */
import type { Duration, Instant, MicroUsd } from "@stint/shared/units.js";
import type { MachineId } from "@stint/shared/ids.js";
import type { HandedOut } from "../attempts/handed-out.js";

export type TailBecause =
  | ({ readonly kind: "nothing-waits" } & HandedOut)
  | ({ readonly kind: "rest-is-taken"; readonly waiting: number } & HandedOut)
  | {
      readonly kind: "copy-ends-sooner";
      readonly from: MachineId;
      /** What the original still takes, as expected. */
      readonly remaining: Duration;
      /** Until the first of the two ends. */
      readonly here: Duration;
      /** Paid already until then, or bought out of the cushion. */
      readonly paidBy:
        | { readonly kind: "owed-time"; readonly until: Instant }
        | { readonly kind: "cushion"; readonly cost: MicroUsd; readonly left: MicroUsd };
    }
  | { readonly kind: "another-was-first" };
