/** The published figures of BaTS beside those of the policy `bats` in the same world. */
import type { OfferName } from "@stint/master/planner/vocabulary/settings.js";
import { publishedRun, type BagName, type PublishedRun } from "./published.js";

/** How far apart they may be: points of a share or a ratio, percent of a plan's length. */
export const WITHIN = 7;

export interface Compared {
  readonly bag: BagName;
  readonly choose: OfferName;
  readonly what: string;
  readonly published: number;
  /** Over all bags. */
  readonly ours: number;
  /** How far apart the two are. */
  readonly apart: number;
  /** The 5th and 95th percentile of what single bags show. */
  readonly low: number;
  readonly high: number;
}

/** One sample, run three times. */
interface Trial {
  readonly withTail: PublishedRun;
  readonly withoutTail: PublishedRun;
  /** Neither reviews nor tail. */
  readonly open: PublishedRun;
}

interface Figure {
  readonly bag: BagName;
  readonly choose: OfferName;
  readonly what: string;
  readonly published: number;
  readonly of: (trials: readonly Trial[]) => number;
}

const percent = (trials: readonly Trial[], holds: (trial: Trial) => boolean): number =>
  (100 * trials.filter(holds).length) / trials.length;

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Sums of whole amounts and of hours are compared with a little room for rounding. */
const ROOM = 1e-9;
const isLate = ({ took, plan }: PublishedRun): boolean => took > plan.atus + ROOM;
const isOverBudget = ({ cost, plan }: PublishedRun): boolean => cost > plan.budget + ROOM;

const planned = (trials: readonly Trial[]): number =>
  meanOf(trials.map(({ withTail }) => withTail.plan.atus));
const tailShare = (trials: readonly Trial[]): number =>
  100 *
  meanOf(
    trials.flatMap(({ withTail, withoutTail }) =>
      withTail.complete && withoutTail.complete ? [withTail.took / withoutTail.took] : [],
    ),
  );
const lateWithout = (trials: readonly Trial[]): number =>
  percent(trials, ({ withoutTail }) => isLate(withoutTail));
const lateWith = (trials: readonly Trial[]): number => percent(trials, ({ withTail }) => isLate(withTail));
const dear = (trials: readonly Trial[]): number => percent(trials, ({ open }) => isOverBudget(open));

/** Plan, makespan with a tail in percent of that without, late without and with a tail, over budget in open loop. */
const PUBLISHED: readonly (readonly [BagName, OfferName, readonly (number | undefined)[]])[] = [
  ["normal", "cheapest", [undefined, undefined, undefined, undefined, 47]],
  ["normal", "cheapest+20", [4.8, 98.5, 20, 20, 23]],
  ["normal", "fastest-20", [2.5, 95.9, 50, 50, 53]],
  ["normal", "fastest", [2.0, 94.1, 0, 0, 0]],
  ["levy", "fastest-20", [2.7, 92.3, 69, 43, 43]],
  ["levy", "fastest", [2.1, 88.8, 87, 5, 93]],
  ["mixture", "fastest-20", [1.7, 92.3, 62, 38, 39]],
  ["mixture", "fastest", [1.1, 86.8, 89, 86, 87]],
];

const PLAN = "plan, ATUs";
const MEASURES = [
  { what: PLAN, of: planned },
  { what: "makespan with tail / without, %", of: tailShare },
  { what: "longer than planned, no tail, %", of: lateWithout },
  { what: "longer than planned, tail, %", of: lateWith },
  { what: "over budget, open loop, %", of: dear },
];

const figuresOf = (bag: BagName, choose: OfferName, published: readonly (number | undefined)[]): Figure[] =>
  MEASURES.flatMap(({ what, of }, index) => {
    const value = published[index];
    return value === undefined ? [] : [{ bag, choose, what, published: value, of }];
  });

/** @param only the options to look at */
export function compare(
  bags: number,
  runs: number,
  only: readonly OfferName[] = PUBLISHED.map(([, choose]) => choose),
): Compared[] {
  return PUBLISHED.filter(([, choose]) => only.includes(choose)).flatMap(([bag, choose, published]) => {
    const byBag = Array.from({ length: bags }, (_, index) => trialsOf(bag, choose, index + 1, runs));
    return figuresOf(bag, choose, published).map(({ of, ...figure }) => {
      const single = byBag.map(of).sort((a, b) => a - b);
      const ours = of(byBag.flat());
      const { what, published: value } = figure;
      return {
        ...figure,
        ours,
        apart: what === PLAN ? Math.abs(100 * (ours / value - 1)) : Math.abs(ours - value),
        low: single[Math.round(0.05 * (bags - 1))] ?? NaN,
        high: single[Math.round(0.95 * (bags - 1))] ?? NaN,
      };
    });
  });
}

const trialsOf = (bag: BagName, choose: OfferName, bagSeed: number, runs: number): Trial[] =>
  Array.from({ length: runs }, (_, index) => {
    const seed = 1000 * bagSeed + index + 1;
    const run = (review: boolean, tail: boolean): PublishedRun =>
      publishedRun({ bag, choose, bagSeed, seed, parts: { review, tail } });
    return { withTail: run(true, true), withoutTail: run(true, false), open: run(false, false) };
  });
