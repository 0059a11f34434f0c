/** What happens to a run's money from outside. */
import type { MicroUsd, MicroUsdPerHour } from "@stint/shared/units.js";
import type { ClusterIndex } from "../vocabulary/configuration.js";
import type { EventBase } from "../vocabulary/record.js";

export interface BudgetAdded extends EventBase {
  readonly kind: "budget-added";
  readonly amount: MicroUsd;
}

/** What is rented or renewed from now on costs this. */
export interface PriceChanged extends EventBase {
  readonly kind: "price-changed";
  readonly cluster: ClusterIndex;
  readonly price: MicroUsdPerHour;
}

export type MoneyEvent = BudgetAdded | PriceChanged;
