/** Small worlds of every kind, drawn at random: a few clusters, up to a hundred tasks, from hopeless to rich. */
import fc from "fast-check";
import type { Cluster } from "@stint/shared/cluster.js";
import type { ClusterName } from "@stint/shared/ids.js";
import { microUsd, microUsdPerHour, minutes, seconds } from "@stint/shared/units.js";
import { charge, quantum } from "@stint/master/planner/money/tariff.js";
import {
  OFFER_NAMES,
  PARTS,
  type Halt,
  type RunSettings,
} from "@stint/master/planner/vocabulary/settings.js";
import type { Distribution } from "@stint/master/simulate/distribution.js";
import type { PriceAt } from "@stint/master/simulate/imagined-cluster.js";
import type { WorldOptions } from "@stint/master/simulate/imagined-world.js";
import type { ImaginedCluster } from "@stint/master/simulate/imagined-cluster.js";

/** What befalls a run from outside, after so many frames. */
export interface Mishap {
  readonly afterFrames: number;
  readonly kind: "budget-added" | "stopped" | "stopped-now" | "paused" | "retried" | "crashed" | "extended";
  /** Time without a master, in seconds. */
  readonly away: number;
}

/** A world as a plain value, which can be printed and kept. */
export interface DrawnWorld extends Pick<WorldOptions, "settings" | "clusters" | "runtimes" | "beginsWith"> {
  readonly retries: number;
  /** Which tasks may be copied; some: every second one. */
  readonly copies: "all" | "none" | "some";
  readonly mishaps: readonly Mishap[];
}

export interface RandomWorld extends Omit<WorldOptions, "audience"> {
  readonly mishaps: readonly Mishap[];
}

export const worldOf = ({ retries, copies, ...drawn }: DrawnWorld): RandomWorld => ({
  ...drawn,
  tasks: {
    retriesOf: () => retries,
    mayBeCopied: (task) => copies === "all" || (copies === "some" && task % 2 === 0),
  },
});

interface RandomCluster {
  readonly told: Omit<Cluster, "name">;
  readonly imagined: ImaginedCluster;
}

const oneOf = <T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);
/** Mostly this, sometimes that. */
const mostly = <T>(usual: T, other: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: other });
const between = (min: number, max: number): fc.Arbitrary<number> => fc.double({ min, max, noNaN: true });

const distributions: fc.Arbitrary<Distribution> = fc.oneof(
  between(1, 1200).map((value): Distribution => ({ kind: "constant", value })),
  fc
    .record({ mean: between(1, 1200), share: between(0, 0.5) })
    .map(({ mean, share }): Distribution => ({ kind: "normal", mean, deviation: mean * share })),
  fc
    .record({ mean: between(1, 1200), cv: between(0.1, 3) })
    .map(({ mean, cv }): Distribution => ({ kind: "lognormal", mean, cv })),
  between(1, 300).map((scale): Distribution => ({ kind: "levy", scale, most: scale * 20 })),
  between(1, 600).map((least): Distribution => ({ kind: "uniform", least, most: least * 4 })),
);

const constant = (least: number, most: number): fc.Arbitrary<Distribution> =>
  between(least, most).map((value): Distribution => ({ kind: "constant", value }));

const boots: fc.Arbitrary<Distribution> = fc.oneof(
  { weight: 6, arbitrary: constant(0, 200) },
  {
    weight: 3,
    arbitrary: between(1, 100).map((mean): Distribution => ({ kind: "lognormal", mean, cv: 1 })),
  },
  // Beyond the limit for a hello, now and then.
  { weight: 1, arbitrary: constant(500, 1500) },
);

/** A price that moves: when, and to how many times what it was at first. */
interface Moved {
  readonly after: number;
  readonly factor: number;
}

const moves: fc.Arbitrary<readonly Moved[]> = fc
  .array(fc.record({ after: between(0, 8000), factor: between(0.1, 6) }), { minLength: 1, maxLength: 8 })
  .map((drawn) => drawn.sort((a, b) => a.after - b.after));

const priceAt = (first: number, { after, factor }: Moved): PriceAt => ({
  after: seconds(after),
  price: microUsdPerHour(Math.round(first * factor)),
});

const clusters: fc.Arbitrary<RandomCluster> = fc
  .record({
    price: fc.oneof(
      { weight: 1, arbitrary: fc.constant(0) },
      { weight: 6, arbitrary: fc.integer({ min: 1, max: 2_000_000 }) },
    ),
    atu: oneOf(1, 10, 60, 600, 3600),
    minimum: oneOf(0, 0, 60, 900),
    grace: oneOf(0, 0, 2),
    most: fc.integer({ min: 1, max: 8 }),
    slots: fc.integer({ min: 1, max: 4 }),
    bootExpected: oneOf(0, 30, 60),
    speed: between(0.25, 4),
    boot: boots,
    noise: oneOf(0, 0.1, 0.4),
    failures: mostly(0, oneOf(0.02, 0.05, 0.3, 1)),
    lossPerHour: mostly(0, oneOf(0.1, 0.1, 1, 10)),
    delivers: mostly(1, oneOf(0.1, 0.5, 0.9)),
    prices: mostly<readonly Moved[]>([], moves),
    drift: fc.option(fc.record({ factor: between(0.5, 3), from: between(0, 0.8) }), { nil: undefined }),
  })
  .map((drawn): RandomCluster => {
    const { boot, noise, failures, lossPerHour, delivers, drift, speed } = drawn;
    return {
      told: {
        provider: "imagined",
        most: drawn.most,
        slots: drawn.slots,
        tariff: {
          price: microUsdPerHour(drawn.price),
          atu: seconds(drawn.atu),
          minimum: seconds(drawn.minimum),
          grace: seconds(drawn.grace),
        },
        bootLimit: minutes(15),
        bootExpected: seconds(drawn.bootExpected),
        speed: 1,
      },
      imagined: {
        ...{ speed, boot, noise, failures, lossPerHour, delivers },
        ...(drift !== undefined && { drift }),
        ...(drawn.prices.length > 0 && { prices: drawn.prices.map((moved) => priceAt(drawn.price, moved)) }),
      },
    };
  });

const mishaps: fc.Arbitrary<readonly Mishap[]> = fc.array(
  fc.record({
    afterFrames: fc.integer({ min: 1, max: 150 }),
    kind: oneOf<Mishap["kind"]>("budget-added", "stopped", "stopped-now", "paused", "retried", "crashed"),
    away: mostly(0, between(0, 4000)),
  }),
  { maxLength: 2 },
);

const halts: fc.Arbitrary<Halt> = fc.record({
  how: oneOf<Halt["how"]>("soon", "now"),
  fail: oneOf<Halt["fail"]>(
    { kind: "count", tasks: 1 },
    { kind: "count", tasks: 4 },
    { kind: "share", percent: 20 },
  ),
});

const wishes = fc.record(
  {
    choose: oneOf(...OFFER_NAMES),
    strict: mostly(false, fc.constant(true)),
    whenShort: oneOf<RunSettings["whenShort"] | "unset">("unset", "spend", "finish-paid", "ask"),
    without: mostly<RunSettings["without"]>([], fc.subarray([...PARTS])),
    halt: halts,
  },
  { requiredKeys: ["choose", "strict", "whenShort", "without"] },
);

/** What all the work costs where it is cheapest, and a unit of each cluster to learn: budgets are drawn around it. */
function workCost(drawn: readonly RandomCluster[], runtime: Distribution, tasks: number): number {
  const mean = runtime.kind === "levy" ? runtime.scale * 4 : meanOf(runtime);
  const each = drawn.map(
    ({ told, imagined }) => ((mean / imagined.speed / 3600) * told.tariff.price) / told.slots,
  );
  const units = drawn.map(({ told: { tariff } }) => charge(tariff, quantum(tariff, undefined)));
  return Math.max(1, Math.min(...each) * tasks + units.reduce((sum, unit) => sum + unit, 0));
}

function meanOf(runtime: Exclude<Distribution, { kind: "levy" }>): number {
  switch (runtime.kind) {
    case "constant":
      return runtime.value;
    case "normal":
    case "lognormal":
      return runtime.mean;
    case "uniform":
      return (runtime.least + runtime.most) / 2;
    case "values":
      return runtime.values[0] ?? 1;
  }
}

export const randomWorlds: fc.Arbitrary<DrawnWorld> = fc
  .record({
    clusters: fc.array(clusters, { minLength: 1, maxLength: 3 }),
    tasks: fc.oneof(
      { weight: 1, arbitrary: fc.integer({ min: 1, max: 12 }) },
      { weight: 4, arbitrary: fc.integer({ min: 12, max: 100 }) },
    ),
    runtime: distributions,
    budgetShare: fc.oneof(
      { weight: 1, arbitrary: between(0.01, 1) },
      { weight: 4, arbitrary: between(1, 3) },
      { weight: 2, arbitrary: between(3, 30) },
    ),
    review: oneOf(1, 5),
    wishes,
    seed: fc.integer({ min: 1, max: 1_000_000 }),
    retries: fc.integer({ min: 0, max: 2 }),
    copies: oneOf<"all" | "none" | "some">("all", "none", "some"),
    mishaps: fc.oneof(fc.constant([]), mishaps),
  })
  .map((drawn): DrawnWorld => {
    const { whenShort, ...plain } = drawn.wishes;
    const cost = workCost(drawn.clusters, drawn.runtime, drawn.tasks);
    return {
      settings: {
        ...plain,
        name: "law",
        clusters: drawn.clusters.map(({ told }, index) => ({ ...told, name: NAMES[index] as ClusterName })),
        budget: microUsd(Math.max(1, Math.ceil(cost * drawn.budgetShare))),
        seed: drawn.seed,
        review: minutes(drawn.review),
        wait: minutes(5),
        yes: false,
        ...(whenShort !== "unset" && whenShort !== undefined && { whenShort }),
      },
      clusters: drawn.clusters.map(({ imagined }) => imagined),
      runtimes: { kind: "drawn", distribution: drawn.runtime, tasks: drawn.tasks },
      retries: drawn.retries,
      copies: drawn.copies,
      mishaps: drawn.mishaps,
    };
  });

const NAMES = ["small", "large", "spare"] as const;
