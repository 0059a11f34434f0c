/** What happens to a run's money from outside. */
import type { MicroUsd } from "@stint/shared/units.js";
import type { EventBase } from "../vocabulary/record.js";

export interface BudgetAdded extends EventBase {
  readonly kind: "budget-added";
  readonly amount: MicroUsd;
}

export type MoneyEvent = BudgetAdded;
