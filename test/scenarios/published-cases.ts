/** The worlds of the scenarios: the published bag on two clusters of 32, and one with a long tail. */
import type { Cluster } from "@stint/shared/cluster.js";
import type { ClusterName } from "@stint/shared/ids.js";
import {
  hours,
  microUsd,
  microUsdPerHour,
  minutes,
  NO_TIME,
  seconds,
  type Duration,
} from "@stint/shared/units.js";
import type { Distribution } from "@stint/master/simulate/distribution.js";
import type { ImaginedCluster } from "@stint/master/simulate/imagined-cluster.js";
import type { SimulationOptions } from "@stint/master/simulate/simulate.js";

export interface Case {
  /** Speed and price of the second cluster, relative to the first. */
  readonly speed: number;
  readonly price: number;
  readonly budget: number;
  readonly seed?: number;
  readonly unit?: Duration;
  readonly tasks?: number;
  readonly runtime?: Distribution;
  readonly choose?: SimulationOptions["settings"]["choose"];
}

/** Fifteen minutes and a little: the bag of the published experiments. */
export const NORMAL: Distribution = { kind: "normal", mean: 900, deviation: 136.2 };

export function publishedCase(given: Case): SimulationOptions {
  const unit = given.unit ?? hours(1);
  return {
    bag: "published",
    checked: true,
    keepFrames: true,
    settings: {
      name: "scenario",
      clusters: [cluster("first", 100_000, unit), cluster("second", 100_000 * given.price, unit)],
      budget: microUsd(Math.round(given.budget * 1_000_000)),
      seed: given.seed ?? 1,
      review: minutes(5),
      wait: minutes(5),
      strict: false,
      choose: given.choose ?? "fastest",
      yes: false,
      without: [],
    },
    clusters: [imagined(1), imagined(given.speed)],
    runtimes: { kind: "drawn", distribution: given.runtime ?? NORMAL, tasks: given.tasks ?? 1000 },
    tasks: { retriesOf: () => 0, mayBeCopied: () => true },
  };
}

const cluster = (name: string, price: number, unit: Duration): Cluster => ({
  name: name as ClusterName,
  provider: "imagined",
  most: 32,
  slots: 1,
  tariff: {
    price: microUsdPerHour(price),
    atu: unit,
    minimum: unit < minutes(1) ? minutes(1) : NO_TIME,
    grace: NO_TIME,
  },
  bootLimit: minutes(15),
  bootExpected: seconds(60),
  speed: 1,
});

const imagined = (speed: number): ImaginedCluster => ({
  speed,
  boot: { kind: "constant", value: 60 },
  noise: 0,
  failures: 0,
  lossPerHour: 0,
  delivers: 1,
});
