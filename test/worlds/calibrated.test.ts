/** Which offers say that their P90 may be relied on. */
import { microUsd } from "@stint/shared/units.js";
import type { Distribution } from "@stint/master/simulate/distribution.js";
import { simulate } from "@stint/master/simulate/simulate.js";
import { expect, test } from "vitest";
import { oneCluster, withoutTrouble } from "./one-cluster.js";

const offersOf = (distribution: Distribution): readonly { readonly calibrated: boolean }[] =>
  simulate({
    bag: "any",
    checked: false,
    keepFrames: false,
    settings: oneCluster({}, { budget: microUsd(20e6) }),
    clusters: [withoutTrouble()],
    runtimes: { kind: "drawn", distribution, tasks: 300 },
    tasks: { retriesOf: () => 0, mayBeCopied: () => false },
  }).summary.offers;

/** One task in twenty takes a hundred times as long. */
const values = [...Array.from({ length: 19 }, () => 10), 1000];

test.each([
  ["alike", { kind: "normal", mean: 600, deviation: 90 }, true],
  ["scattered", { kind: "values", values }, false],
] as const)("offers for tasks that are %s", (_, distribution, calibrated) => {
  const offers = offersOf(distribution);
  expect(offers.length).toBeGreaterThan(0);
  for (const offer of offers) expect(offer.calibrated).toBe(calibrated);
});
