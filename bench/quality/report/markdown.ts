/** The report of the standard set for a person: promises first, then worlds, one table for each budget. */
import type { RunFigures } from "../run-figures.js";
import { MISSED_BECAUSE } from "../missed-because.js";
import { groupBy, type Line } from "./lines.js";
import { promisesOf } from "./promises.js";
import type { Evidence, Verdict } from "./verdict.js";

export function markdown(evidence: Evidence, verdicts: readonly Verdict[], head: readonly string[]): string {
  const budgets = [...new Set(evidence.lines.map(({ budgetFactor }) => budgetFactor))].sort((a, b) => a - b);
  return [
    "# How good the planner is",
    "",
    ...head,
    "",
    "![Makespan over the bound, world by world](makespans.svg)",
    "",
    "![Promises that were kept](promises.svg)",
    "",
    "## What is promised",
    "",
    ...verdictTable(verdicts),
    "",
    "## What became of offers",
    "",
    ...promisesTable(evidence.runs),
    ...budgets.flatMap((budget) => [
      "",
      `## World by world, ${String(budget)} × the cheapest`,
      "",
      ...worldTable(evidence.lines.filter(({ budgetFactor }) => budgetFactor === budget)),
    ]),
    "",
  ].join("\n");
}

/** So many worlds are named in a cell; the rest stand in the tables below. */
const NAMED_MOST = 6;

function verdictTable(verdicts: readonly Verdict[]): string[] {
  const rows = verdicts.map(({ figure, wanted, reached, held, missedIn }) => {
    const more = missedIn.length > NAMED_MOST ? [`and ${String(missedIn.length - NAMED_MOST)} more`] : [];
    const because = held ? "" : (MISSED_BECAUSE[figure] ?? "not explained yet");
    const where = [...missedIn.slice(0, NAMED_MOST), ...more].join(", ");
    return [figure, wanted, reached, held ? "yes" : "**no**", where, because];
  });
  return table(["figure", "wanted", "reached", "held", "missed in", "because"], rows);
}

function promisesTable(runs: readonly RunFigures[]): string[] {
  const groups = groupBy(
    runs.filter(({ contender }) => contender === "stint" || contender === "informed"),
    ({ contender, family, budgetFactor }) => [contender, family, `${String(budgetFactor)} ×`].join("\t"),
  );
  const rows = [...groups].map(([key, group]) => {
    const made = promisesOf(group);
    return [
      ...key.split("\t"),
      String(made.offers),
      percent(made.inTime),
      percent(made.inTimeFromHalf),
      fixed(made.timeWidth),
      percent(made.inCost),
      percent(made.inCostExactly),
      percent(made.sure),
      percent(made.sureEndSo),
    ];
  });
  const head = [
    "policy",
    "family",
    "budget",
    "offers",
    "in P90 of time",
    "from half on",
    "P90 / P50",
    "in P90 of cost + an ATU",
    "in P90 of cost",
    "say ≥ 90 %",
    "end so",
  ];
  return table(
    head,
    rows.sort((a, b) => a.slice(0, 3).join().localeCompare(b.slice(0, 3).join())),
  );
}

const WASTE = ["boot", "idle", "spare", "failed", "cancelled", "lost", "rounding"] as const;

function worldTable(lines: readonly Line[]): string[] {
  const head = [
    "world",
    "policy",
    "over budget",
    "complete",
    "makespan",
    "/ informed",
    "/ bound",
    "cost / budget",
    "learning",
    "useful",
    ...WASTE,
    "seconds a run",
  ];
  const rows = lines.map((line) => [
    line.world,
    line.contender,
    String(line.overBudget),
    percent(line.complete),
    line.makespan === null ? "–" : `${(line.makespan / 3600).toFixed(2)} h`,
    fixed(line.overInformed),
    fixed(line.overBound),
    fixed(line.costShare),
    percent(line.learningShare),
    percent(line.useful),
    ...WASTE.map((kind) => percent(line.waste[kind] ?? 0)),
    line.decisionSeconds.toFixed(2),
  ]);
  return table(head, rows);
}

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string[] =>
  [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`);

const fixed = (value: number | null): string => (value === null ? "–" : value.toFixed(3));
const percent = (share: number | null): string => (share === null ? "–" : `${(share * 100).toFixed(0)} %`);
