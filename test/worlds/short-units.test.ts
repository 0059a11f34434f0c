/**
 * Units of a few seconds, of which giving a machine back takes a good part: what an offer says of time and money must
 * come true there too, where each unit more or less is seen in the bill.
 */
import type { Cluster } from "@stint/shared/cluster.js";
import type { ClusterName } from "@stint/shared/ids.js";
import { microUsd, seconds } from "@stint/shared/units.js";
import { present } from "@stint/shared/invariant.js";
import type { ImaginedCluster } from "@stint/master/simulate/imagined-cluster.js";
import { simulate } from "@stint/master/simulate/simulate.js";
import { expect, test } from "vitest";
import { oneCluster, withoutTrouble } from "./one-cluster.js";

const cluster = (name: string, pricePerHour: number): Cluster => {
  const [hare] = oneCluster({ pricePerHour, most: 3, bootExpected: seconds(1) }).clusters;
  const { tariff, ...rest } = present(hare, "there is one");
  return { ...rest, name: name as ClusterName, tariff: { ...tariff, atu: seconds(5), grace: seconds(2) } };
};

const imagined = (speed: number): ImaginedCluster =>
  withoutTrouble({ speed, boot: { kind: "normal", mean: 0.35, deviation: 0.05 }, noise: 0.02 });

const run = (seed: number, choose: "cheapest" | "cheapest+20"): ReturnType<typeof simulate> =>
  simulate({
    bag: "short",
    checked: false,
    keepFrames: false,
    settings: {
      ...oneCluster({}, { seed, choose, budget: microUsd(20_000) }),
      clusters: [cluster("hare", 720_000), cluster("tortoise", 180_000)],
    },
    clusters: [imagined(1), imagined(0.5)],
    runtimes: { kind: "drawn", distribution: { kind: "uniform", least: 0.3, most: 0.7 }, tasks: 60 },
    tasks: { retriesOf: () => 0, mayBeCopied: () => false },
  });

/** How many of forty runs end by the P90 of what was picked, in time and in money. */
function kept(choose: "cheapest" | "cheapest+20"): { readonly time: number; readonly money: number } {
  let [time, money] = [0, 0];
  for (let seed = 1; seed <= 40; seed += 1) {
    const { summary } = run(seed, choose);
    const picked = present(
      summary.offers.find(({ name }) => name === summary.chosen),
      "an offer was picked",
      { seed },
    );
    if ((summary.since_accepted_s ?? Infinity) <= picked.time_s.p90) time += 1;
    if (summary.spent_usd <= picked.cost_usd.p90) money += 1;
  }
  return { time, money };
}

test.each(["cheapest", "cheapest+20"] as const)("the P90 of %s is kept by most of forty runs", (choose) => {
  const { time, money } = kept(choose);
  expect(money).toBeGreaterThanOrEqual(37);
  expect(time).toBeGreaterThanOrEqual(33);
});
