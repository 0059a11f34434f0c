/** Settings of an imagined run on one cluster that is billed by the second: what a test does not care about. */
import type { Cluster } from "@stint/shared/cluster.js";
import type { ClusterName } from "@stint/shared/ids.js";
import { microUsd, microUsdPerHour, minutes, NO_TIME, seconds } from "@stint/shared/units.js";
import type { ImaginedCluster } from "@stint/master/simulate/imagined-cluster.js";
import type { RunSettings } from "@stint/master/planner/vocabulary/settings.js";

/** Four machines of one slot at four cents an hour, and a dollar; without a price no budget either. */
export const oneCluster = (
  cluster: Partial<Cluster> & { readonly pricePerHour?: number } = {},
  settings: Partial<RunSettings> = {},
): RunSettings => {
  const { pricePerHour = 40_000, ...given } = cluster;
  return {
    name: "imagined",
    clusters: [
      {
        name: "small" as ClusterName,
        provider: "imagined",
        most: 4,
        slots: 1,
        tariff: { price: microUsdPerHour(pricePerHour), atu: seconds(1), minimum: NO_TIME, grace: NO_TIME },
        bootLimit: minutes(15),
        bootExpected: NO_TIME,
        speed: 1,
        ...given,
      },
    ],
    ...(pricePerHour > 0 && { budget: microUsd(1e6) }),
    seed: 1,
    review: minutes(5),
    wait: minutes(5),
    strict: false,
    choose: "cheapest+20",
    yes: false,
    without: [],
    ...settings,
  };
};

/** How its machines truly are: there after a second, as fast as the bag says, and nothing goes wrong. */
export const withoutTrouble = (given: Partial<ImaginedCluster> = {}): ImaginedCluster => ({
  speed: 1,
  boot: { kind: "constant", value: 1 },
  noise: 0,
  failures: 0,
  lossPerHour: 0,
  delivers: 1,
  ...given,
});
