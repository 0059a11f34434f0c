/** The clusters of the bench's worlds: how fast and how dear they are relative to the first, and what goes wrong. */
import type { Cluster, Drift } from "@stint/shared/cluster.js";
import type { ClusterName } from "@stint/shared/ids.js";
import { hours, microUsdPerHour, minutes, NO_TIME, seconds } from "@stint/shared/units.js";
import type { Distribution } from "@stint/master/simulate/distribution.js";
import type { ImaginedCluster } from "@stint/master/simulate/imagined-cluster.js";
import type { Fleet } from "./world.js";

/** Of the first cluster: 12 cents an hour. */
const PRICE = 120_000;

export interface Kind {
  readonly speed: number;
  readonly price: number;
  /** Machines lost, per machine and hour. */
  readonly losses?: number;
  readonly drift?: Drift;
  /** The share of the machines asked for that come. */
  readonly delivers?: number;
  readonly failures?: number;
  /** What its price becomes every half hour, as multiples of the one that it begins with. */
  readonly prices?: readonly number[];
}

export interface FleetTerms {
  readonly kinds: readonly Kind[];
  readonly machines: number;
  readonly billing: Fleet["billing"];
  readonly slots?: number;
  readonly boot?: Distribution;
  readonly noise?: number;
}

const NAMES = ["first", "second", "third", "fourth"] as const;
const MINUTE_AT_LEAST = minutes(1);

export const fleetOf = (terms: FleetTerms): Fleet => ({
  shape: terms.kinds.map(({ speed, price }) => `${String(speed)},${String(price)}`).join(" "),
  billing: terms.billing,
  clusters: terms.kinds.map((kind, index) => clusterOf(terms, kind, index)),
  imagined: terms.kinds.map((kind) => imaginedOf(terms, kind)),
});

function clusterOf({ billing, machines, slots, boot }: FleetTerms, { price }: Kind, index: number): Cluster {
  const hourly = billing === "hourly";
  return {
    name: (NAMES[index] ?? `cluster-${String(index + 1)}`) as ClusterName,
    provider: "imagined",
    most: machines,
    slots: slots ?? 1,
    tariff: {
      price: microUsdPerHour(Math.round(PRICE * price)),
      atu: hourly ? hours(1) : seconds(1),
      minimum: hourly ? NO_TIME : MINUTE_AT_LEAST,
      grace: NO_TIME,
    },
    bootLimit: minutes(15),
    bootExpected: seconds(meanOf(boot ?? USUAL_BOOT)),
    speed: 1,
  };
}

const USUAL_BOOT: Distribution = { kind: "constant", value: 60 };
const USUAL_NOISE = 0.05;

const imaginedOf = ({ boot, noise }: FleetTerms, kind: Kind): ImaginedCluster => ({
  speed: kind.speed,
  boot: boot ?? USUAL_BOOT,
  noise: noise ?? USUAL_NOISE,
  failures: kind.failures ?? 0,
  lossPerHour: kind.losses ?? 0,
  delivers: kind.delivers ?? 1,
  ...(kind.drift !== undefined && { drift: kind.drift }),
  ...(kind.prices !== undefined && {
    prices: kind.prices.map((multiple, index) => ({
      after: minutes(30 * (index + 1)),
      price: microUsdPerHour(Math.round(PRICE * kind.price * multiple)),
    })),
  }),
});

function meanOf(boot: Distribution): number {
  switch (boot.kind) {
    case "constant":
      return boot.value;
    case "normal":
    case "lognormal":
      return boot.mean;
    case "uniform":
      return (boot.least + boot.most) / 2;
    case "values":
      return boot.values.reduce((sum, value) => sum + value, 0) / boot.values.length;
    case "levy":
      return boot.most;
  }
}

/** Two clusters of 32: the second four times as fast at three times the price, and so on. */
const twoOf = (second: Kind): Pick<FleetTerms, "kinds" | "machines"> => ({
  kinds: [{ speed: 1, price: 1 }, second],
  machines: 32,
});
export const FASTER = twoOf({ speed: 4, price: 3 });
export const DEARER = twoOf({ speed: 3, price: 4 });
export const ALIKE = twoOf({ speed: 1, price: 1 });
export const THREE: Pick<FleetTerms, "kinds" | "machines"> = {
  kinds: [
    { speed: 1, price: 1 },
    { speed: 3, price: 4 },
    { speed: 2, price: 1 },
  ],
  machines: 24,
};
