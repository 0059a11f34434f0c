/** Which clusters are tried, when there are more than can be. */
import { describe, expect, test } from "vitest";
import type { ClusterName } from "@stint/shared/ids.js";
import type { Cluster } from "@stint/shared/cluster.js";
import { instant, microUsd, microUsdPerHour, minutes, NO_TIME, seconds } from "@stint/shared/units.js";
import { reasonText } from "@stint/master/planner/reasons.js";
import { newRun, type Run } from "@stint/master/planner/run-state.js";
import { clustersToTry } from "@stint/master/planner/sample/clusters-to-try.js";
import { planSample } from "@stint/master/planner/sample/plan-sample.js";

/** Micro-dollars an hour, and slots. */
type Kind = readonly [price: number, slots: number];

const cluster = ([price, slots]: Kind, index: number): Cluster => ({
  name: `kind-${String(index)}` as ClusterName,
  provider: "imagined",
  most: 100,
  slots,
  tariff: { price: microUsdPerHour(price), atu: seconds(1), minimum: minutes(1), grace: NO_TIME },
  bootLimit: minutes(15),
  bootExpected: NO_TIME,
  speed: 1,
});

function runOf(kinds: readonly Kind[], tasks: number, dollars: number): Run {
  const clusters = kinds.map(cluster);
  const settings = {
    name: "try",
    clusters,
    budget: microUsd(dollars * 1_000_000),
    seed: 1,
    review: minutes(5),
    wait: minutes(5),
    strict: false,
    yes: true,
    without: [],
  };
  return newRun(settings, { size: tasks, retriesOf: () => 0, mayBeCopied: () => true }, instant(0));
}

/** Families in rising price a slot, each in sizes of 2, 4 and 8 slots that cost the same a slot. */
const families = (count: number): Kind[] =>
  Array.from({ length: count }, (_, family) =>
    [2, 4, 8].map((slots): Kind => [slots * (40_000 + family * 1000), slots]),
  ).flat();

describe("clusters to try", () => {
  test("are all of a few, however many copies that costs a small bag", () => {
    expect(clustersToTry(runOf(families(2), 60, 10), 60).clusters).toEqual([0, 1, 2, 3, 4, 5]);
  });

  test("are of dozens sixteen at most, the smallest of each family, cheapest slots first", () => {
    const { clusters, tooMany } = clustersToTry(runOf(families(43), 10_000, 300), 10_000);
    expect(clusters).toEqual(Array.from({ length: 16 }, (_, family) => 3 * family));
    expect(tooMany).toHaveLength(129 - 16);
  });

  test("are second sizes of a family only after the first of all", () => {
    expect(clustersToTry(runOf(families(6), 10_000, 300), 10_000).clusters).toEqual(
      [0, 1, 3, 4, 6, 7, 9, 10, 12, 13, 15, 16, 2, 5, 8, 11].sort((a, b) => a - b),
    );
  });

  test("are fewer where their pairs would be a large part of the bag", () => {
    expect(clustersToTry(runOf(families(43), 1000, 300), 1000).clusters).toHaveLength(8);
  });

  test("pass over what is too dear and go on with the next", () => {
    const kinds: Kind[] = [...families(4), [400_000_000, 20_000], ...families(4)];
    const { clusters, tooDear } = clustersToTry(runOf(kinds, 10_000, 5), 10_000);
    expect(tooDear).toEqual([12]);
    expect(clusters).toHaveLength(16);
  });

  test("leave the others out by name, the first of them, and say how many more", () => {
    const { because } = planSample(runOf(families(43), 10_000, 300));
    expect(reasonText(because)).toContain("kind-48, kind-51, kind-54 and 110 more left out");
  });
});
