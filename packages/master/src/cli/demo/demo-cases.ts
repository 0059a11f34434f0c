/** Which published bags can be played, on which imagined clusters, and what may be spent? */
import type { Cluster } from "@stint/shared/cluster.js";
import type { ClusterName } from "@stint/shared/ids.js";
import {
  hours,
  microUsd,
  microUsdPerHour,
  minutes,
  NO_TIME,
  seconds,
  type MicroUsd,
} from "@stint/shared/units.js";
import type { ImaginedCluster } from "../../simulate/imagined-cluster.js";
import { levyBag, mixtureBag, normalBag, type DrawBag } from "../../simulate/published-bags.js";
import type { DemoCaseName } from "./case-names.js";

export interface DemoCase {
  /** The bag in a few words. */
  readonly bag: string;
  readonly runtimesOf: DrawBag;
  readonly clusters: readonly Cluster[];
  readonly imagined: readonly ImaginedCluster[];
  readonly budget: MicroUsd;
  /** So many times as fast as the real clock it takes about three minutes. */
  readonly speed: number;
}

const TASKS = 1000;
/** Of each cluster at most. */
const MACHINES = 24;
/** Of the first cluster: 12 cents an hour. */
const PRICE = 120_000;
const BOOT_S = 60;
const NOISE = 0.05;

/** How fast and how dear, relative to the first. */
interface Kind {
  readonly name: string;
  readonly speed: number;
  readonly price: number;
}

const TWO: readonly Kind[] = [
  { name: "small", speed: 1, price: 1 },
  { name: "large", speed: 4, price: 3 },
];
const THREE: readonly Kind[] = [
  { name: "old", speed: 1, price: 1 },
  { name: "new", speed: 3, price: 4 },
  { name: "spare", speed: 2, price: 1 },
];

export function demoCase(name: DemoCaseName): DemoCase {
  switch (name) {
    case "normal":
      return caseOf("1,000 tasks, normal(15min, 2.27min)", normalBag(TASKS), TWO, { dollars: 45, speed: 60 });
    case "levy":
      return caseOf("1,000 tasks, levy cut at 45min", levyBag(TASKS), THREE, { dollars: 30, speed: 90 });
    case "mixture":
      return caseOf("1,000 tasks, five kinds mixed", mixtureBag(TASKS), THREE, { dollars: 20, speed: 60 });
  }
}

const caseOf = (
  bag: string,
  runtimesOf: DrawBag,
  kinds: readonly Kind[],
  { dollars, speed }: { readonly dollars: number; readonly speed: number },
): DemoCase => ({
  bag,
  runtimesOf,
  speed,
  clusters: kinds.map(clusterOf),
  imagined: kinds.map(imaginedOf),
  budget: microUsd(dollars * 1_000_000),
});

const clusterOf = ({ name, price }: Kind): Cluster => ({
  name: name as ClusterName,
  provider: "imagined",
  most: MACHINES,
  slots: 1,
  tariff: { price: microUsdPerHour(PRICE * price), atu: hours(1), minimum: NO_TIME, grace: NO_TIME },
  bootLimit: minutes(15),
  bootExpected: seconds(BOOT_S),
  speed: 1,
});

const imaginedOf = ({ speed }: Kind): ImaginedCluster => ({
  speed,
  boot: { kind: "constant", value: BOOT_S },
  noise: NOISE,
  failures: 0,
  lossPerHour: 0,
  delivers: 1,
});
