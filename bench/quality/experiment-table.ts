/** The figures of an experiment as tables that a person reads on a terminal. */
import { groupBy, meanOf, medianOf, type Line } from "./figures-of.js";
import type { RunFigures } from "./run-figures.js";

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
    const promises = group.flatMap(({ promised, complete, cost }) =>
      promised === undefined ? [] : [{ ...promised, complete, spent: cost }],
    );
    if (promises.length === 0) return [];
    const half = group.flatMap(({ halfWay, complete }) =>
      halfWay === undefined ? [] : [{ ...halfWay, complete }],
    );
    const sure = promises.filter(({ within }) => within >= 0.9);
    const errors = group.flatMap((run) => run.errors ?? []);
    const share = <T>(of: readonly T[], claim: (one: T) => boolean): string =>
      of.length === 0 ? "–" : percent(of.filter(claim).length / of.length);
    return [
      [
        ...key.split("\t"),
        String(promises.length),
        share(promises, ({ complete, took, time }) => complete && took <= time.p90),
        share(half, ({ complete, took, p90 }) => complete && took <= p90 + 1e-6),
        fixed(medianOf(promises.map(({ time }) => time.p90 / time.p50))),
        share(promises, ({ spent, cost, unitOfAll }) => spent <= cost.p90 + unitOfAll),
        share(promises, ({ spent, cost }) => spent <= cost.p90),
        percent(sure.length / group.length),
        share(sure, ({ complete }) => complete),
        ...(["stint", "line", "ratio"] as const).map((by) =>
          errors.length === 0
            ? "–"
            : `${meanOf(errors.map((each) => each[by].base)).toFixed(3)} ${meanOf(errors.map((each) => each[by].worst)).toFixed(3)}`,
        ),
      ],
    ];
  });
  const head = [
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
  return rows.length === 0 ? [] : table([head, ...rows]);
}

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
