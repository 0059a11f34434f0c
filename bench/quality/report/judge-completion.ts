/** Do runs stay within the budget, and do they get all tasks done? */
import type { RunFigures } from "../run-figures.js";
import type { Family } from "../worlds/world.js";
import { groupBy, meanOf } from "./lines.js";
import { isTroubled, ours, percent, type Evidence, type Verdict } from "./verdict.js";

export function overBudget({ runs }: Evidence): Verdict {
  const held = runs.filter(
    ({ contender }) => contender.startsWith("stint") || contender.startsWith("informed"),
  );
  const over = held.filter((run) => run.overBudget || !run.sameBill);
  return {
    figure: "runs over budget, or billed otherwise than their machines say",
    wanted: "0",
    reached: `${String(over.length)} of ${String(held.length)}`,
    held: over.length === 0,
    missedIn: [...new Set(over.map(({ world }) => world))],
  };
}

const COMPLETE: Readonly<Record<Family, Readonly<Record<number, number>>>> = {
  normal: { 1.15: 0.95, 1.5: 0.98, 2: 0.99 },
  mixed: { 1.15: 0.85, 1.5: 0.95, 2: 0.99 },
  heavy: { 1.15: 0.5, 1.5: 0.85, 2: 0.92 },
};

/** Worlds with trouble are left out: nobody could have known. */
export function completion(evidence: Evidence): (Verdict | undefined)[] {
  const calm = { ...evidence, runs: evidence.runs.filter((run) => !isTroubled(evidence, run)) };
  const rows = (Object.keys(COMPLETE) as Family[]).flatMap((family) =>
    Object.keys(COMPLETE[family]).map((budget) => {
      const wanted = COMPLETE[family][Number(budget)] ?? 1;
      const runs = ours(calm).filter((run) => run.family === family && run.budgetFactor === Number(budget));
      return pooledShare(`all tasks done, ${family} at ${budget} ×`, runs, wanted);
    }),
  );
  const informed = (["normal", "mixed", "heavy"] as const).map((family) =>
    pooledShare(
      `all tasks done, informed, ${family} at 1.15 ×`,
      ours(calm, "informed").filter((run) => run.family === family && run.budgetFactor === 1.15),
      family === "heavy" ? 0.85 : 0.95,
    ),
  );
  return [...rows, ...informed];
}

function pooledShare(figure: string, runs: readonly RunFigures[], wanted: number): Verdict | undefined {
  if (runs.length === 0) return undefined;
  const share = meanOf(runs.map(({ complete }) => Number(complete)));
  const worlds = [...groupBy(runs, ({ world }) => world)].map(([world, own]) => ({
    world,
    share: meanOf(own.map(({ complete }) => Number(complete))),
  }));
  const missed = worlds.filter((one) => one.share < wanted).sort((a, b) => a.share - b.share);
  return {
    figure,
    wanted: `≥ ${percent(wanted)}`,
    reached: percent(share),
    held: share >= wanted,
    missedIn: missed.map((one) => `${one.world} ${percent(one.share)}`),
  };
}

/** So many standard errors below another share is no chance. */
const ERRORS = 2;

/** In no world and budget may clearly fewer runs get all done within the budget than under another policy. */
export function completionBeside(evidence: Evidence, other: string): Verdict | undefined {
  const at = ({ world, budgetFactor }: RunFigures): string => `${world} ${String(budgetFactor)} ×`;
  const own = groupBy(ours(evidence), at);
  const holds = (runs: readonly RunFigures[]): number =>
    meanOf(runs.map(({ complete, overBudget: over }) => Number(complete && !over)));
  const rows = [...groupBy(ours(evidence, other), at)].flatMap(([where, others]) => {
    const beside = own.get(where);
    if (beside === undefined) return [];
    const [mine, theirs] = [holds(beside), holds(others)];
    const error = Math.sqrt((mine * (1 - mine)) / beside.length + (theirs * (1 - theirs)) / others.length);
    return [{ where, mine, theirs, below: theirs - mine > Math.max(ERRORS * error, 1 / beside.length) }];
  });
  if (rows.length === 0) return undefined;
  const missed = rows.filter(({ below }) => below);
  return {
    figure: `all done within the budget beside ${other}, each world and budget`,
    wanted: "not clearly fewer",
    reached: `${String(rows.length - missed.length)} of ${String(rows.length)}`,
    held: missed.length === 0,
    missedIn: missed.map(({ where, mine, theirs }) => `${where} ${percent(mine)} against ${percent(theirs)}`),
  };
}
