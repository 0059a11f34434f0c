/** Many runs of one contender in one world under one budget become one line: shares, medians, means. */
import type { RunFigures } from "../run-figures.js";

export interface Line {
  readonly world: string;
  readonly budgetFactor: number;
  readonly contender: string;
  readonly runs: number;
  readonly overBudget: number;
  readonly otherBill: number;
  readonly complete: number;
  /** Medians over runs; ratios to the other over seeds under which both complete. `null` where there are none. */
  readonly makespan: number | null;
  readonly overInformed: number | null;
  readonly overBound: number | null;
  readonly overStint: number | null;
  readonly costShare: number | null;
  readonly learningShare: number | null;
  /** Means, as shares of the bill. */
  readonly useful: number;
  readonly waste: Readonly<Record<string, number>>;
  readonly offered: number;
  readonly decisionSeconds: number;
}

/** Runs of one world and budget; the order of contenders is kept. */
export function linesOf(runs: readonly RunFigures[]): Line[] {
  const groups = groupBy(runs, (run) => `${run.world}\n${String(run.budgetFactor)}`);
  return [...groups.values()].flatMap((group) => {
    const contenders = groupBy(group, ({ contender }) => contender);
    return [...contenders.values()].map((own) => lineOf(own, contenders));
  });
}

function lineOf(own: readonly RunFigures[], all: ReadonlyMap<string, readonly RunFigures[]>): Line {
  const first = own[0]!;
  const complete = own.filter((run) => run.complete);
  return {
    world: first.world,
    budgetFactor: first.budgetFactor,
    contender: first.contender,
    runs: own.length,
    overBudget: own.filter((run) => run.overBudget).length,
    otherBill: own.filter((run) => !run.sameBill).length,
    complete: complete.length / own.length,
    makespan: medianOf(complete.map(({ makespan }) => makespan)),
    overInformed: medianOf(ratiosTo(own, all.get("informed") ?? [])),
    overBound: medianOf(complete.map(({ makespan, bound }) => makespan / bound).filter(Number.isFinite)),
    overStint: medianOf(ratiosTo(own, all.get("stint") ?? [])),
    costShare: medianOf(own.map(({ cost, budget }) => cost / budget)),
    learningShare: medianOf(own.map(({ learning, budget }) => learning / budget)),
    useful: meanOf(own.map(({ useful, cost }) => (cost === 0 ? 0 : useful / cost))),
    waste: Object.fromEntries(
      Object.keys(first.waste).map((kind) => [
        kind,
        meanOf(own.map(({ waste, cost }) => (cost === 0 ? 0 : waste[kind as keyof typeof waste] / cost))),
      ]),
    ),
    offered: own.filter(({ promised }) => promised !== undefined).length / own.length,
    decisionSeconds: medianOf(own.map(({ decisionSeconds }) => decisionSeconds)) ?? 0,
  };
}

/** Makespan over the other's, seed by seed, where both complete and stay within the budget. */
export function ratiosTo(own: readonly RunFigures[], other: readonly RunFigures[]): number[] {
  const bySeed = new Map(other.map((run) => [run.seed, run]));
  return own.flatMap((run) => {
    const beside = bySeed.get(run.seed);
    if (beside === undefined || !holds(run) || !holds(beside) || beside.makespan === 0) return [];
    return [run.makespan / beside.makespan];
  });
}

const holds = ({ complete, overBudget }: RunFigures): boolean => complete && !overBudget;

export function groupBy<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group === undefined) groups.set(key(item), [item]);
    else group.push(item);
  }
  return groups;
}

export function medianOf(values: readonly number[]): number | null {
  return quantileOf(values, 0.5);
}

/** Between the two values that lie round it. */
export function quantileOf(values: readonly number[], share: number): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const place = share * (sorted.length - 1);
  const low = Math.floor(place);
  return sorted[low]! + (place - low) * (sorted[Math.min(low + 1, sorted.length - 1)]! - sorted[low]!);
}

export const meanOf = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
