/**
 * Has the planner become worse than it once was? A few worlds under fixed seeds, held against figures that are kept
 * beside this file, each with the noise that its seeds have.
 */
import { readFileSync, writeFileSync } from "node:fs";
import type { RunFigures } from "./run-figures.js";
import { groupBy, meanOf } from "./report/lines.js";
import { promisesOf } from "./report/promises.js";

/** Lower is better in all of them. */
interface Figure {
  readonly value: number;
  /** Standard error over the seeds. */
  readonly noise: number;
}
type Figures = Readonly<Record<string, Figure>>;

const BASELINE = new URL("baseline.json", import.meta.url);
/** Another planner draws other numbers: so many standard errors, and so much of the figure, are chance. */
const ERRORS_MOST = 2.5;
const SLACK = 0.005;

export function quickFigures(runs: readonly RunFigures[]): Figures {
  const figures: Record<string, Figure> = {};
  const groups = groupBy(runs, ({ world, contender }) => `${world}, ${contender}`);
  for (const [name, group] of groups) {
    const complete = group.filter((run) => run.complete && run.bound > 0);
    figures[`${name}: makespan / bound`] = figureOf(complete.map(({ makespan, bound }) => makespan / bound));
    figures[`${name}: incomplete`] = figureOf(group.map((run) => Number(!run.complete)));
    figures[`${name}: cost / budget`] = figureOf(group.map(({ cost, budget }) => cost / budget));
  }
  figures["over budget or billed otherwise"] = {
    value: runs.filter((run) => run.overBudget || !run.sameBill).length,
    noise: 0,
  };
  const own = runs.filter(({ contender }) => contender === "stint");
  const missed = 1 - (promisesOf(own).inTime ?? 1);
  figures["offered P90 of time missed"] = {
    value: missed,
    noise: Math.sqrt((missed * (1 - missed)) / Math.max(1, own.length)),
  };
  return figures;
}

function figureOf(values: readonly number[]): Figure {
  const mean = meanOf(values);
  const spread = meanOf(values.map((value) => (value - mean) ** 2));
  return { value: mean, noise: Math.sqrt(spread / Math.max(1, values.length - 1)) };
}

export function keepBaseline(figures: Figures): void {
  const rounded = (_: string, value: unknown): unknown =>
    typeof value === "number" ? Number(value.toFixed(4)) : value;
  writeFileSync(BASELINE, `${JSON.stringify(figures, rounded, 2)}\n`);
}

/** A line for each figure that is worse than it was by more than chance, and how many are better. */
export function worseThanBaseline(figures: Figures): { readonly worse: string[]; readonly better: number } {
  const kept = JSON.parse(readFileSync(BASELINE, "utf8")) as Figures;
  const worse: string[] = [];
  let better = 0;
  for (const [name, { value, noise }] of Object.entries(figures)) {
    const before = kept[name];
    if (before === undefined) worse.push(`${name}: not in the baseline`);
    else {
      const chance = ERRORS_MOST * Math.max(noise, before.noise) + SLACK * Math.abs(before.value);
      if (value > before.value + chance)
        worse.push(`${name}: ${value.toFixed(4)}, was ${before.value.toFixed(4)} ± ${chance.toFixed(4)}`);
      if (value < before.value - chance) better += 1;
    }
  }
  return { worse, better };
}
