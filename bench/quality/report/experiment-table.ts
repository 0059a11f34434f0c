/** The figures of an experiment as tables that a person reads on a terminal. */
import { groupBy, type Line } from "./lines.js";
import { promisesOf } from "./promises.js";
import type { RunFigures } from "../run-figures.js";

const HEAD = [
  "world",
  "B",
  "policy",
  "over",
  "compl",
  "makespan",
  "/inf",
  "/bound",
  "cost/B",
  "learn",
  "useful",
  "boot",
  "idle",
  "spare",
  "canc",
  "round",
  "offer",
  "ms",
];

export function experimentTable(lines: readonly Line[]): string[] {
  return table([HEAD, ...lines.map(cellsOf)]);
}

const cellsOf = (line: Line): string[] => [
  line.world,
  String(line.budgetFactor),
  line.contender,
  String(line.overBudget + line.otherBill),
  percent(line.complete),
  line.makespan === null ? "–" : (line.makespan / 3600).toFixed(2) + " h",
  fixed(line.overInformed),
  fixed(line.overBound),
  fixed(line.costShare),
  percent(line.learningShare),
  percent(line.useful),
  ...["boot", "idle", "spare", "cancelled", "rounding"].map((kind) => percent(line.waste[kind] ?? 0)),
  percent(line.offered),
  (line.decisionSeconds * 1000).toFixed(0),
];

/** What was promised, pooled over worlds: a family and a budget a row. */
export function promisesTable(runs: readonly RunFigures[]): string[] {
  const groups = groupBy(runs, (run) => [run.contender, run.family, run.budgetFactor].join("\t"));
  const rows = [...groups].flatMap(([key, group]) => {
    const promises = promisesOf(group);
    if (promises.offers === 0) return [];
    const { errors } = promises;
    return [
      [
        ...key.split("\t"),
        String(promises.offers),
        percent(promises.inTime),
        percent(promises.inTimeFromHalf),
        fixed(promises.timeWidth),
        percent(promises.inCost),
        percent(promises.inCostExactly),
        percent(promises.sure),
        percent(promises.sureEndSo),
        ...(["stint", "line", "ratio"] as const).map((by) =>
          errors === null ? "–" : `${errors[by].base.toFixed(3)} ${errors[by].worst.toFixed(3)}`,
        ),
      ],
    ];
  });
  return rows.length === 0 ? [] : table([PROMISES, ...rows]);
}

const PROMISES = [
  "policy",
  "family",
  "B",
  "offers",
  "t≤P90",
  "half",
  "P90/P50",
  "c≤P90+",
  "c≤P90",
  "≥90%",
  "end so",
  "err stint",
  "line",
  "ratio",
];

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, index) => Math.max(...rows.map((row) => (row[index] ?? "").length)));
  return rows.map((row) =>
    row
      .map((cell, index) => (index < 3 ? cell.padEnd(widths[index] ?? 0) : cell.padStart(widths[index] ?? 0)))
      .join("  ")
      .trimEnd(),
  );
}

const fixed = (value: number | null): string => (value === null ? "–" : value.toFixed(3));
const percent = (share: number | null): string => (share === null ? "–" : `${(share * 100).toFixed(0)}%`);
