/** What became of promises, pooled over the runs given: offered times and costs, and estimates of means. */
import type { RunFigures } from "../run-figures.js";
import { meanOf, medianOf } from "./lines.js";

export interface Promises {
  readonly runs: number;
  readonly offers: number;
  /** Shares; `null` where nothing was promised. */
  readonly inTime: number | null;
  readonly inTimeFromHalf: number | null;
  readonly inCost: number | null;
  readonly inCostExactly: number | null;
  /** Of all runs: those whose pick says at least 90 % within the budget; and of these, those that end so. */
  readonly sure: number | null;
  readonly sureEndSo: number | null;
  readonly timeWidth: number | null;
  /** Mean error of the mean, on the base and on the worst cluster. */
  readonly errors: Readonly<Record<"stint" | "line" | "ratio", Error2>> | null;
}
interface Error2 {
  readonly base: number;
  readonly worst: number;
}

/** An offer says "at least 90 %". */
const SURE = 0.9;
/** A microsecond that is rounded is no broken promise. */
const ROUNDING = 1e-6;

export function promisesOf(runs: readonly RunFigures[]): Promises {
  const offers = runs.flatMap((run) =>
    run.promised === undefined ? [] : [{ ...run, promised: run.promised }],
  );
  const half = runs.flatMap((run) => (run.halfWay === undefined ? [] : [{ ...run, halfWay: run.halfWay }]));
  const sure = offers.filter(({ promised }) => promised.within >= SURE);
  const errors = runs.flatMap((run) => run.errors ?? []);
  const errorOf = (by: "stint" | "line" | "ratio"): Error2 => ({
    base: meanOf(errors.map((each) => each[by].base)),
    worst: meanOf(errors.map((each) => each[by].worst)),
  });
  return {
    runs: runs.length,
    offers: offers.length,
    inTime: shareOf(
      offers,
      ({ complete, promised }) => complete && promised.took <= promised.time.p90 + ROUNDING,
    ),
    inTimeFromHalf: shareOf(
      half,
      ({ complete, halfWay }) => complete && halfWay.took <= halfWay.p90 + ROUNDING,
    ),
    inCost: shareOf(
      offers,
      ({ cost, promised }) => cost <= promised.cost.p90 + promised.unitOfAll + ROUNDING,
    ),
    inCostExactly: shareOf(offers, ({ cost, promised }) => cost <= promised.cost.p90 + ROUNDING),
    sure: runs.length === 0 ? null : sure.length / runs.length,
    sureEndSo: shareOf(sure, ({ complete, overBudget }) => complete && !overBudget),
    timeWidth: medianOf(offers.map(({ promised }) => promised.time.p90 / promised.time.p50)),
    errors:
      errors.length === 0
        ? null
        : { stint: errorOf("stint"), line: errorOf("line"), ratio: errorOf("ratio") },
  };
}

export const shareOf = <T>(of: readonly T[], claim: (one: T) => boolean): number | null =>
  of.length === 0 ? null : of.filter(claim).length / of.length;
