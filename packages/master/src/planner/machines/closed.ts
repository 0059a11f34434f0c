/** A machine that is gone: what it was rented for, and its bill. */
import type { MachineId } from "@stint/shared/ids.js";
import type { Instant, MicroUsd } from "@stint/shared/units.js";
import type { PricePeriod } from "../money/tariff.js";
import type { ClusterIndex } from "../vocabulary/configuration.js";
import type { WasteKind } from "../vocabulary/waste.js";

export interface ClosedMachine {
  readonly machine: MachineId;
  readonly cluster: ClusterIndex;
  readonly rentedAt: Instant;
  readonly readyAt?: Instant;
  readonly releasedAt: Instant;
  readonly billedFrom: Instant;
  /** billedFrom + billed time: whole ATUs, so it may lie after releasedAt. */
  readonly billedTo: Instant;
  readonly cost: MicroUsd;
  /** The bill by price, in order; one at least. */
  readonly periods: readonly PricePeriod[];
  /** What of the bill no attempt used; the rest of `cost` is on its attempts. */
  readonly waste: Readonly<Record<Extract<WasteKind, "boot" | "idle" | "rounding">, MicroUsd>>;
}
