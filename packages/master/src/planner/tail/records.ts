/** The tail: when it begins. Copies themselves are starts of kind `replica`. */
import type { DecisionBase } from "../vocabulary/record.js";

export interface BeginTail extends DecisionBase {
  readonly kind: "begin-tail";
}

export type TailDecision = BeginTail;
