/** The bound of a world of the bench: its clusters and true runtimes in the bound's own numbers. */
import type { Distribution } from "@stint/master/simulate/distribution.js";
import type { ImaginedCluster } from "@stint/master/simulate/imagined-cluster.js";
import type { Imagined, Setting } from "../imagine.js";
import { leastMakespan } from "./bound.js";

export function boundOf({ cheapest, truth }: Imagined, { world, budget }: Setting): number {
  const clusters = world.fleet.clusters.map(({ most, slots, tariff }, index) => ({
    machines: most,
    slots,
    unit: tariff.atu / 1e6,
    cost: (leastPrice(tariff.price, world.fleet.imagined[index]!) * tariff.atu) / 3.6e9,
    boot: leastOf(world.fleet.imagined[index]!.boot),
  }));
  return leastMakespan({ clusters, budget: Math.ceil(cheapest * budget), seconds: truth });
}

/** Whoever knows everything buys when it is cheapest. */
const leastPrice = (first: number, { prices = [] }: ImaginedCluster): number =>
  Math.min(first, ...prices.map(({ price }) => price));

function leastOf(boot: Distribution): number {
  switch (boot.kind) {
    case "constant":
      return boot.value;
    case "uniform":
      return Math.max(0, boot.least);
    case "values":
      return Math.max(0, Math.min(...boot.values));
    case "normal":
    case "lognormal":
    case "levy":
      return 0;
  }
}
