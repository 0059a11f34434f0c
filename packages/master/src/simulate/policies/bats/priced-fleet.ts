/**
 * The clusters as BaTS sees them: one accountable time unit for all, and prices that are small whole numbers, as its
 * knapsack has a cell for each unit of money.
 */
import type { Cluster } from "@stint/shared/cluster.js";
import { inSeconds, type MicroUsd } from "@stint/shared/units.js";

export interface PricedCluster {
  readonly most: number;
  readonly slots: number;
  /** Of one machine and one ATU, in the fleet's unit of money; a whole number. */
  readonly cost: number;
}

export interface PricedFleet {
  /** Minutes, as all times of this policy. */
  readonly atu: number;
  readonly clusters: readonly PricedCluster[];
  /** An amount in the fleet's unit of money. */
  inUnits(amount: MicroUsd): number;
}

/** Its rules count in minutes: with a unit below one its machines would leave as soon as they came. */
const ATU_LEAST = 1;
/** What all machines together may cost by the ATU, in units: cells of the knapsack. */
const UNITS_MOST = 20_000;

export function pricedFleet(clusters: readonly Cluster[]): PricedFleet {
  const atu = Math.max(ATU_LEAST, Math.min(...clusters.map(({ tariff }) => inSeconds(tariff.atu) / 60)));
  const prices = clusters.map(({ tariff }) => tariff.price as number);
  const all = clusters.reduce((sum, { most, tariff }) => sum + most * tariff.price, 0);
  const unit = Math.max(1, prices.reduce(greatestDivisor, 0), all / UNITS_MOST);
  return {
    atu,
    clusters: clusters.map(({ most, slots, tariff }) => ({
      most,
      slots,
      cost: tariff.price === 0 ? 0 : Math.max(1, Math.round(tariff.price / unit)),
    })),
    // A unit of money is the unit price for one ATU.
    inUnits: (amount) => (amount / unit / atu) * 60,
  };
}

const greatestDivisor = (a: number, b: number): number => (b === 0 ? a : greatestDivisor(b, a % b));
