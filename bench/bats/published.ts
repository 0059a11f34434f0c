/**
 * The world in which BaTS's authors showed their later simulator, as far as it is known: 970 tasks after a sample of
 * 30, three clusters of 24 machines, hourly units. Every runtime is one number divided by a cluster's speed.
 */
import type { ClusterName } from "@stint/shared/ids.js";
import type { Cluster } from "@stint/shared/cluster.js";
import { hours, microUsdPerHour, minutes, NO_TIME } from "@stint/shared/units.js";
import { randomStream, type RandomStream } from "@stint/master/planner/stats/draws.js";
import type { OfferName } from "@stint/master/planner/vocabulary/settings.js";
import { simulateBats } from "@stint/master/simulate/policies/bats/simulate-bats.js";
import type { BatsSetup, FirstPlan } from "@stint/master/simulate/policies/bats/bats.js";
import type { Distribution } from "@stint/master/simulate/distribution.js";
import { drawSeconds } from "@stint/master/simulate/draw-distribution.js";
import type { ImaginedCluster } from "@stint/master/simulate/imagined-cluster.js";
import { drawMixture, LEVY } from "@stint/master/simulate/published-bags.js";

export const BAGS = ["normal", "levy", "mixture"] as const;
export type BagName = (typeof BAGS)[number];

const TASKS = 970;
const SAMPLE = 30;
const MACHINES = 24;
/** Milli-dollars an hour, and how often as fast as the first. */
const KINDS = [
  { name: "first", price: 3, speed: 1 },
  { name: "second", price: 12, speed: 3 },
  { name: "third", price: 3, speed: 2 },
] as const;
/** The unit of money in which BaTS counts here, in micro-dollars: the prices' greatest divisor, for an hour. */
const UNIT = 3_000;

const NORMAL: Distribution = { kind: "normal", mean: 900, deviation: 2.24 * 60 };
const drawOne = (bag: BagName, stream: RandomStream): number => {
  if (bag === "mixture") return drawMixture(stream);
  return drawSeconds(bag === "normal" ? NORMAL : LEVY, stream);
};

/** Seconds; the sample is taken out of the bag, as its tasks are done when the figures begin. */
function sampledBag(bag: BagName, bagSeed: number, seed: number): { sample: number[]; base: Float64Array } {
  const bagStream = randomStream(bagSeed, `bag:${bag}`);
  const left = Array.from({ length: TASKS + SAMPLE }, () => drawOne(bag, bagStream));
  const stream = randomStream(seed, `sample:${bag}`);
  const sample = Array.from({ length: SAMPLE }, () => left.splice(stream.below(left.length), 1)).flat();
  return { sample, base: Float64Array.from(left) };
}

export interface PublishedRun {
  readonly plan: FirstPlan;
  readonly complete: boolean;
  /** ATUs from the first rent to the last commit. */
  readonly took: number;
  /** In BaTS's unit of money. */
  readonly cost: number;
}

export interface Published {
  readonly bag: BagName;
  readonly choose: OfferName;
  /** Which bag of that kind. */
  readonly bagSeed: number;
  /** Which 30 of its tasks are known, and in what order the others run. */
  readonly seed: number;
  readonly parts: Pick<BatsSetup, "review" | "tail">;
}

export function publishedRun({ bag, choose, bagSeed, seed, parts }: Published): PublishedRun {
  const { sample, base } = sampledBag(bag, bagSeed, seed);
  let plan: FirstPlan | undefined;
  const { summary } = simulateBats(
    {
      bag,
      checked: false,
      keepFrames: false,
      settings: {
        name: bag,
        clusters: KINDS.map(({ name, price }) => cluster(name, price)),
        seed,
        review: minutes(5),
        wait: minutes(5),
        strict: false,
        choose,
        yes: true,
        without: [],
      },
      clusters: KINDS.map(({ speed }) => imagined(speed)),
      runtimes: { kind: "recorded", ids: [...base].map(String), seconds: { kind: "base", base } },
      tasks: { retriesOf: () => 0, mayBeCopied: () => true },
    },
    {
      ...parts,
      learned: {
        base: sample.map((seconds) => seconds / 60),
        links: KINDS.map(({ speed }) => ({ offset: 0, slope: 1 / speed })),
      },
      planned: (first) => (plan = first),
    },
  );
  if (plan === undefined) throw new Error(`${bag}, ${choose}: no plan with seed ${String(seed)}`);
  return {
    plan,
    complete: summary.tasks.left === 0,
    took: summary.tasks.left > 0 ? Infinity : (summary.makespan_s ?? Infinity) / 3600,
    cost: Math.round(summary.spent_usd * 1_000_000) / UNIT,
  };
}

const cluster = (name: string, price: number): Cluster => ({
  name: name as ClusterName,
  provider: "imagined",
  most: MACHINES,
  slots: 1,
  tariff: { price: microUsdPerHour(price * 1000), atu: hours(1), minimum: NO_TIME, grace: NO_TIME },
  bootLimit: minutes(15),
  bootExpected: NO_TIME,
  speed: 1,
});

const imagined = (speed: number): ImaginedCluster => ({
  speed,
  boot: { kind: "constant", value: 0 },
  noise: 0,
  failures: 0,
  lossPerHour: 0,
  delivers: 1,
});
