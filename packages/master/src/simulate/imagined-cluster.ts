/**
 * What an imagined cluster is like, beyond what a planner is told of it: how fast it truly is, how long its
 * machines take to boot, how often they fail. One for each cluster of the settings, in their order.
 */
import type { Drift } from "@stint/shared/cluster.js";
import type { Duration, MicroUsdPerHour } from "@stint/shared/units.js";
import type { Distribution } from "./distribution.js";

export interface ImaginedCluster {
  /** A task's base runtime is divided by it. */
  readonly speed: number;
  /** From request to hello. */
  readonly boot: Distribution;
  /** Standard deviation of the logarithm of a factor that is drawn once per task and cluster. */
  readonly noise: number;
  /** The share of attempts that fail, 0 to 1. */
  readonly failures: number;
  /** Machines lost, per machine and hour of its life; the time to a loss is exponential. */
  readonly lossPerHour: number;
  /** The share of the machines asked for that come, above 0 to 1. */
  readonly delivers: number;
  readonly drift?: Drift;
  /** What its machines cost from when on, after the price that they begin with. */
  readonly prices?: readonly PriceAt[];
}

export interface PriceAt {
  /** Since the start of the run. */
  readonly after: Duration;
  readonly price: MicroUsdPerHour;
}
