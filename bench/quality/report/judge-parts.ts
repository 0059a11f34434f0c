/** Does each part of the planner earn its place in the worlds that were made for it? */
import type { Part } from "@stint/master/planner/vocabulary/settings.js";
import { MADE_FOR } from "../made-for.js";
import type { RunFigures } from "../run-figures.js";
import { meanOf, medianOf, ratiosTo } from "./lines.js";
import { fixed, ours, percent, type Evidence, type Verdict } from "./verdict.js";

export function parts(evidence: Evidence): (Verdict | undefined)[] {
  return (Object.keys(MADE_FOR) as Part[]).map((part) => judge(evidence, part));
}

/** Worse without it: fewer runs complete, or those that do take longer. */
function judge(evidence: Evidence, part: Part): Verdict | undefined {
  const rows = MADE_FOR[part].flatMap(({ world, budget }) => {
    const here = (contender: string): RunFigures[] =>
      ours(evidence, contender).filter((run) => run.world === world && run.budgetFactor === budget);
    const [without, own] = [here(`stint-without-${part}`), here("stint")];
    if (without.length === 0 || own.length === 0) return [];
    const ratio = medianOf(ratiosTo(without, own)) ?? 1;
    const share = (runs: typeof own): number => meanOf(runs.map(({ complete }) => Number(complete)));
    return [{ world, ratio, lost: share(own) - share(without) }];
  });
  if (rows.length === 0) return undefined;
  const missed = rows.filter(({ ratio, lost }) => ratio <= 1 && lost <= 0);
  return {
    figure: `without ${part}: makespan, and complete runs lost`,
    wanted: "worse in each world made for it",
    reached: rows.map(({ world, ratio, lost }) => `${world} ${fixed(ratio)}, ${percent(lost)}`).join("; "),
    held: missed.length === 0,
    missedIn: missed.map(({ world }) => world),
  };
}
