/** What the estimating room orders: nothing outside, only how what was seen is to be taken. */
import type { ClusterIndex } from "../vocabulary/configuration.js";
import type { DecisionBase } from "../vocabulary/record.js";

/** A cluster's tasks take another time than before: what was seen of it until then counts at its present speed. */
export interface ChangeSpeed extends DecisionBase {
  readonly kind: "change-speed";
  readonly cluster: ClusterIndex;
  /** How many times as long they take. */
  readonly factor: number;
  /** The last results show it: these count as they are. */
  readonly results: number;
}

export type EstimateDecision = ChangeSpeed;
