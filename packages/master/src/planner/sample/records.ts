/** What the sampling phase orders. */
import type { TaskIndex } from "@stint/shared/ids.js";
import type { SampleBecause } from "./because.js";
import type { ClusterIndex } from "../vocabulary/configuration.js";
import type { DecisionBase } from "../vocabulary/record.js";

/** Which tasks are run first, and where. */
export interface PlanSample extends DecisionBase {
  readonly kind: "plan-sample";
  /** How many tasks are handed out before offers are made; 0: there is nothing to choose. */
  readonly size: number;
  /** Run on every sampled cluster. */
  readonly pairs: readonly TaskIndex[];
  readonly clusters: readonly ClusterIndex[];
  /** Attempts that must have ended on every sampled cluster where too few tasks may be paired. */
  readonly perCluster: number;
  readonly because: SampleBecause;
}
/** Enough is known; what still runs counts as "at least so long". */
export interface EndSampling extends DecisionBase {
  readonly kind: "end-sampling";
}

export type SampleDecision = PlanSample | EndSampling;
