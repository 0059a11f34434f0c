/**
 * The worlds in which planners are compared, by name. Generated ones are always there; those with recorded bags and
 * start-up times only where the recordings are. No planner knows a world by its name.
 */
import { levyBag, mixtureBag, normalBag, type DrawBag } from "@stint/master/simulate/published-bags.js";
import { ALIKE, DEARER, FASTER, fleetOf, THREE, type FleetTerms } from "./worlds/fleets.js";
import { lognormalBag, twoModesBag, withOffset } from "./worlds/made-up-bags.js";
import { recordedBag, recordedBoots, recordedSet, tracesFolder } from "./worlds/recorded-bags.js";
import { unlucky } from "./worlds/unlucky.js";
import type { Family, World } from "./worlds/world.js";

const BIG = 1000;
const SMALL = 300;

type Extra = Partial<FleetTerms> & { readonly size?: World["size"]; readonly trouble?: World["trouble"] };

/** `normal`: a bag of that family on these clusters. The name tells bag, fleet and unit. */
function world(
  name: string,
  family: Family,
  runtimesOf: DrawBag,
  { size = "big", trouble, kinds = ALIKE.kinds, machines = ALIKE.machines, billing, ...terms }: Extra,
): World {
  const billed = billing ?? (name.includes("-second") ? "per second" : "hourly");
  const fleet = fleetOf({ ...terms, kinds, machines, billing: billed });
  return { name, family, size, runtimesOf, fleet, ...(trouble !== undefined && { trouble }) };
}

const boot = (value: number): Extra => ({ boot: { kind: "constant", value } });

const PUBLISHED: readonly World[] = [
  world("normal-faster-hourly", "normal", normalBag(BIG), FASTER),
  world("normal-dearer-hourly", "normal", normalBag(BIG), DEARER),
  world("normal-alike-hourly", "normal", normalBag(BIG), ALIKE),
  world("normal-faster-second", "normal", normalBag(BIG), FASTER),
  world("normal-dearer-second", "normal", normalBag(BIG), { ...DEARER, noise: 0.2, ...boot(180) }),
  world("normal-alike-second", "normal", normalBag(BIG), { ...ALIKE, noise: 0, ...boot(0) }),
  world("normal-three-hourly", "normal", normalBag(BIG), THREE),
  world("levy-faster-hourly", "mixed", levyBag(BIG), FASTER),
  world("levy-dearer-hourly", "mixed", levyBag(BIG), DEARER),
  world("levy-faster-second", "mixed", levyBag(BIG), FASTER),
  world("levy-alike-second", "mixed", levyBag(BIG), ALIKE),
  world("levy-three-hourly", "mixed", levyBag(BIG), THREE),
  world("mixture-faster-hourly", "mixed", mixtureBag(BIG), FASTER),
  world("mixture-alike-hourly", "mixed", mixtureBag(BIG), ALIKE),
  world("mixture-dearer-second", "mixed", mixtureBag(BIG), DEARER),
  world("mixture-three-second", "mixed", mixtureBag(BIG), THREE),
  world("two-modes-faster-hourly", "mixed", twoModesBag(BIG), FASTER),
  world("two-modes-alike-second", "mixed", twoModesBag(BIG), ALIKE),
  world("lognormal-three-second", "heavy", lognormalBag(BIG), THREE),
  world("normal-small-faster-hourly", "normal", normalBag(SMALL), { ...FASTER, size: "small" }),
  world("normal-small-alike-second", "normal", normalBag(SMALL), { ...ALIKE, size: "small" }),
  world("mixture-small-dearer-second", "mixed", mixtureBag(SMALL), { ...DEARER, size: "small" }),
  world("levy-small-alike-hourly", "mixed", levyBag(SMALL), { ...ALIKE, size: "small" }),
  world("offset-faster-second", "normal", withOffset(normalBag(BIG), 200, 4), FASTER),
  world("slots-mixture-alike-hourly", "mixed", mixtureBag(BIG), { ...ALIKE, machines: 8, slots: 4 }),
];

const likeWith = (fleet: typeof ALIKE, extra: Partial<FleetTerms["kinds"][number]>): typeof ALIKE => ({
  ...fleet,
  kinds: fleet.kinds.map((kind, index) => (index === 1 ? { ...kind, ...extra } : kind)),
});

const TROUBLED: readonly World[] = [
  world("failures-mixture-faster-second", "mixed", mixtureBag(BIG), {
    ...FASTER,
    kinds: FASTER.kinds.map((kind) => ({ ...kind, failures: 0.05 })),
    trouble: "failures",
  }),
  world("losses-normal-alike-hourly", "normal", normalBag(BIG), {
    ...ALIKE,
    kinds: ALIKE.kinds.map((kind) => ({ ...kind, losses: 0.03 })),
    trouble: "losses",
  }),
  world("spot-mixture-second", "mixed", mixtureBag(BIG), {
    ...likeWith(ALIKE, { price: 0.35, losses: 0.3 }),
    trouble: "losses",
  }),
  world("drift-normal-alike-second", "normal", normalBag(BIG), {
    ...likeWith(ALIKE, { drift: { factor: 1.5, from: 0.5 } }),
    trouble: "drift",
  }),
  world("drift-normal-dearer-second", "normal", normalBag(BIG), {
    ...DEARER,
    kinds: DEARER.kinds.map((kind, index) =>
      index === 0 ? { ...kind, drift: { factor: 2, from: 0.3 } } : kind,
    ),
    trouble: "drift",
  }),
  world("drift-mixture-faster-hourly", "mixed", mixtureBag(BIG), {
    ...likeWith(FASTER, { drift: { factor: 1.5, from: 0.5 } }),
    trouble: "drift",
  }),
  world("shortage-normal-faster-second", "normal", normalBag(BIG), {
    ...likeWith(FASTER, { delivers: 0.25 }),
    trouble: "shortage",
  }),
  world("prices-normal-dearer-second", "normal", normalBag(BIG), {
    ...likeWith(DEARER, { prices: [0.5, 2, 0.7, 3, 1] }),
    trouble: "prices",
  }),
  world("prices-mixture-alike-hourly", "mixed", mixtureBag(BIG), {
    ...likeWith(ALIKE, { prices: [2, 0.4, 3] }),
    trouble: "prices",
  }),
  world("unlucky-levy-faster-second", "mixed", unlucky(levyBag(BIG)), { ...FASTER, trouble: "unlucky" }),
  world("unlucky-mixture-dearer-hourly", "mixed", unlucky(mixtureBag(BIG)), {
    ...DEARER,
    trouble: "unlucky",
  }),
];

/** Scales bring the mean to some minutes: hourly units mean something only then. */
const recorded = (folder: string): readonly World[] => {
  const startUp: Extra = { boot: { kind: "values", values: recordedBoots(folder) } };
  const bag = (name: string, scale?: number): DrawBag => recordedBag(folder, name, scale);
  const set = (name: string, columns: readonly string[], scale?: number): DrawBag =>
    recordedSet(folder, name, { columns, ...(scale !== undefined && { scale }) });
  return [
    world("blast-faster-hourly", "normal", bag("blast_medium", 8), { ...FASTER, ...startUp, size: "small" }),
    world("bwa-alike-second", "mixed", bag("bwa_large", 40), { ...ALIKE, ...startUp }),
    world("automl-dearer-hourly", "mixed", bag("automl_1h"), { ...DEARER, ...startUp }),
    world("eht-three-second", "heavy", bag("eht_smili_stragglers", 4), { ...THREE, ...startUp }),
    world("sat-faster-hourly", "heavy", bag("sat03_16_maplecomsps"), { ...FASTER, ...startUp }),
    world("tsp-dearer-second", "heavy", bag("tsp_lkh_restart", 4), { ...DEARER, ...startUp }),
    world("x264-alike-second", "heavy", bag("x264_transcode_ugc", 100), { ...ALIKE, ...startUp }),
    world("compile-faster-second", "mixed", bag("compile_chromium", 150), { ...FASTER, ...startUp }),
    world("grid-dearer-hourly", "mixed", bag("grid_lcg_u7", 6), { ...DEARER, ...startUp }),
    world("spark-kmeans-three-hourly", "heavy", bag("spark_kmeans"), { ...THREE, ...startUp }),
    world("genome-small-faster-hourly", "mixed", bag("genome_individuals_22ch100k", 10), {
      ...FASTER,
      ...startUp,
      size: "small",
    }),
    measured("lotaru-set-hourly", "heavy", set("lotaru_atacseq", ["local", "a1", "c2"], 4), {
      prices: [1, 0.6, 1.4],
      size: "small",
    }),
    measured(
      "clickbench-set-second",
      "heavy",
      set("clickbench_a", ["c6a.large", "c6a.xlarge", "c6a.2xlarge"], 8),
      {
        prices: [1, 2, 4],
      },
    ),
    measured("gpu-tuning-set-second", "mixed", set("gpu_tuning_convolution", ["A100", "MI250X"], 100), {
      prices: [1, 1],
    }),
    measured("repeat-bwa-set-second", "mixed", set("repeat_bwa_large", ["run1", "run4"], 40), {
      prices: [1, 1],
    }),
    measured("sat-set-hourly", "heavy", set("solvers_sat03_16", ["maplecomsps", "riss5"]), {
      prices: [1, 1.2],
    }),
  ];

  /** Columns tell how fast each cluster is; noise is in what was measured. */
  function measured(
    name: string,
    family: Family,
    runtimes: DrawBag,
    { prices, size }: { readonly prices: readonly number[]; readonly size?: World["size"] },
  ): World {
    const kinds = prices.map((price) => ({ speed: 1, price }));
    const extra = { kinds, machines: prices.length === 2 ? 32 : 24, noise: 0, ...startUp };
    return world(name, family, runtimes, { ...extra, ...(size !== undefined && { size }) });
  }
};

export function worlds(): readonly World[] {
  const folder = tracesFolder();
  return [...PUBLISHED, ...TROUBLED, ...(folder === undefined ? [] : recorded(folder))];
}
