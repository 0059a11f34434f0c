/** What one run came to: plain figures, in seconds and dollars, that can be sent between threads and kept. */
import type { WasteKind } from "@stint/master/planner/vocabulary/waste.js";
import type { Family } from "./worlds/world.js";

export interface Spread {
  readonly p50: number;
  readonly p90: number;
}

export interface Promised {
  readonly time: Spread;
  readonly cost: Spread;
  readonly within: number;
  /** From the pick to the last commit. */
  readonly took: number;
  /** One ATU of each machine that the pick has, in dollars. */
  readonly unitOfAll: number;
}

/** A forecast at the first review at which half of the tasks were done. */
export interface HalfWay {
  /** From that review on. */
  readonly p90: number;
  readonly took: number;
}

/** |estimate − truth| / truth of the mean runtime after sampling: on the base, and of all clusters the worst. */
export interface MeanErrors {
  readonly base: number;
  readonly worst: number;
}

export interface RunFigures {
  readonly world: string;
  readonly family: Family;
  readonly budgetFactor: number;
  readonly seed: number;
  readonly contender: string;
  readonly complete: boolean;
  /** By the rows of machines alone. */
  readonly overBudget: boolean;
  /** The bill as the run has it is the one that its machines' rows give. */
  readonly sameBill: boolean;
  readonly done: number;
  readonly makespan: number;
  readonly bound: number;
  readonly budget: number;
  readonly cost: number;
  readonly learning: number;
  readonly useful: number;
  readonly waste: Readonly<Record<WasteKind, number>>;
  /** By the clock, of the whole simulation: nearly all of it is deciding. */
  readonly decisionSeconds: number;
  readonly promised?: Promised;
  readonly halfWay?: HalfWay;
  readonly errors?: { readonly stint: MeanErrors; readonly line: MeanErrors; readonly ratio: MeanErrors };
}
