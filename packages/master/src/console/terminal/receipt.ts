/**
 * The receipt: what was promised and what it came to, where each dollar went, and what was learned on the way.
 * Made from the summary alone, so that it reads the same at the end of a run and a year later.
 */
import {
  decimalsForScale,
  exactDecimals,
  formatCount,
  formatDuration,
  formatMoney,
  formatMoneyRange,
  formatShare,
  formatTimeRange,
} from "@stint/shared/format.js";
import { NO_MONEY, seconds, type MicroUsd } from "@stint/shared/units.js";
import type { Summary, SummaryOffer } from "../../planner/report/summary.js";
import { WASTE_KINDS, type WasteKind } from "../../planner/vocabulary/waste.js";
import { columnLines, type Column, type Row } from "./columns.js";
import { fromUsd } from "./from-usd.js";
import { NO_INK, type Ink } from "./ink.js";
import { fitLine, flowLines, piece } from "./pieces.js";
import { cellsFor } from "./printable.js";
import { endWords } from "./run-words.js";
import { noteLines } from "./receipt-notes.js";
import { failureGroupLines, stoppedLines } from "./why-lines.js";

/** Wider than this a receipt is no easier to read. */
const WIDTH_MOST = 80;

/** No line is wider than `columns`, and none wider than 80. */
export function receiptLines(summary: Summary, columns: number, ink: Ink = NO_INK): string[] {
  const cells = cellsFor(Math.min(WIDTH_MOST, columns));
  const money = costsMoney(summary);
  const blocks = [
    [...headLines(summary, cells, ink), ...stoppedLines(summary, cells)],
    failureGroupLines(summary, cells, ink),
    promiseLines(summary, cells, ink),
    clusterLines(summary, cells, ink),
    ...(money ? [moneyLines(summary, cells, ink)] : []),
    noteLines(summary, cells),
  ];
  return blocks
    .filter((lines) => lines.length > 0)
    .flatMap((lines, index) => (index === 0 ? lines : ["", ...lines]));
}

const costsMoney = (summary: Summary): boolean => summary.budget_usd !== null || summary.spent_usd > 0;

function headLines(summary: Summary, cells: number, ink: Ink): string[] {
  const { tasks, state } = summary;
  const words = state === "running" ? "not ended yet" : endWords(state, summary.offers.length);
  const paint = state === "done" ? ink.good : ink.careful;
  const counts = [
    [piece(formatCount(tasks.done), ink.strong), piece(` of ${formatCount(tasks.total)} tasks done`)],
    [piece(formatCount(tasks.failed), tasks.failed > 0 ? ink.bad : ink.strong), piece(" failed")],
    ...(tasks.quarantined > 0
      ? [[piece(formatCount(tasks.quarantined), ink.bad), piece(" in quarantine")]]
      : []),
    ...(tasks.left > 0 ? [[piece(formatCount(tasks.left), ink.strong), piece(" left")]] : []),
  ];
  return [
    fitLine(
      [piece("receipt · ", ink.faint), piece(words, paint), piece(` · ${summary.run}`, ink.faint)],
      cells,
    ),
    ...flowLines(counts, cells),
  ];
}

const PROMISE: readonly Column[] = [
  { head: "", align: "left", spare: 0 },
  { head: "promised P50–P90", align: "right", spare: 1 },
  { head: "came to", align: "right", spare: 0 },
  { head: "", align: "left", spare: 2 },
];

/** Promised against paid; what was never promised leaves its place empty. */
function promiseLines(summary: Summary, cells: number, ink: Ink): string[] {
  const offer = summary.offers.find(({ name }) => name === summary.chosen);
  const rows: Row[] = [];
  const { makespan_s: makespan } = summary;
  if (makespan !== null) rows.push(timeRow(summary, offer, makespan, ink));
  if (costsMoney(summary)) rows.push(moneyRow(summary, offer, ink));
  if (rows.length === 0) return [];
  const columns = offer === undefined ? PROMISE.map((column) => ({ ...column, head: "" })) : headsOf(summary);
  return columnLines(columns, rows, cells, ink.faint);
}

/** What has not been finished has come to this only for the time being. */
const headsOf = ({ tasks }: Summary): readonly Column[] =>
  tasks.left === 0
    ? PROMISE
    : PROMISE.map((column) => (column.head === "came to" ? { ...column, head: "so far" } : column));

/** A promise counts from the acceptance; sampling before it stands beside. */
function timeRow(summary: Summary, offer: SummaryOffer | undefined, makespan: number, ink: Ink): Row {
  const came = offer === undefined ? makespan : (summary.since_accepted_s ?? 0);
  const learning = formatDuration(seconds(Math.max(0, makespan - came)));
  const before = offer === undefined ? "" : `after ${learning} to learn and choose`;
  return [
    piece("time"),
    piece(offer === undefined ? "" : formatTimeRange(spreadOf(offer.time_s, seconds))),
    piece(formatDuration(seconds(came)), ink.strong),
    piece(before, ink.faint),
  ];
}

function moneyRow(summary: Summary, offer: SummaryOffer | undefined, ink: Ink): Row {
  const cost = offer === undefined ? undefined : spreadOf(offer.cost_usd, fromUsd);
  const budget = summary.budget_usd === null ? "" : `of ${formatMoney(fromUsd(summary.budget_usd))}`;
  return [
    piece("money"),
    piece(cost === undefined ? "" : formatMoneyRange(cost, decimalsForScale(cost.p90))),
    piece(formatMoney(fromUsd(summary.spent_usd)), ink.strong),
    piece(budget, ink.faint),
  ];
}

const spreadOf = <T>(
  { p50, p90 }: { readonly p50: number; readonly p90: number },
  of: (value: number) => T,
): { p50: T; p90: T } => ({ p50: of(p50), p90: of(p90) });

const CLUSTERS: readonly Column[] = [
  { head: "cluster", align: "left", spare: 0 },
  { head: "rented in all", align: "right", spare: 1 },
  { head: "tasks", align: "right", spare: 0 },
  { head: "runtime", align: "right", spare: 2 },
  { head: "units", align: "right", spare: 4 },
  { head: "paid", align: "right", spare: 3 },
];

/** Clusters that were used, and one line for those that were not. */
function clusterLines(summary: Summary, cells: number, ink: Ink): string[] {
  const all = Object.entries(summary.clusters);
  const used = all.filter(([, cluster]) => cluster.machines > 0);
  const money = costsMoney(summary);
  const amounts = used.map(([, cluster]) => fromUsd(cluster.spent_usd));
  const decimals = exactDecimals(amounts);
  const rows = used.map(([name, cluster], index): Row => [
    piece(name, ink.strong),
    piece(formatCount(cluster.machines)),
    piece(formatCount(cluster.tasks)),
    piece(cluster.mean_s === null ? "–" : formatDuration(seconds(cluster.mean_s))),
    piece(formatCount(cluster.atus)),
    piece(formatMoney(amounts[index] ?? NO_MONEY, decimals)),
  ]);
  const unused = all.filter(([, cluster]) => cluster.machines === 0).map(([name]) => name);
  return [
    ...columnLines(money ? CLUSTERS : CLUSTERS.slice(0, 4), rows, cells, ink.faint),
    ...(unused.length === 0 ? [] : [fitLine([piece(`not used: ${namesOf(unused)}`, ink.faint)], cells)]),
  ];
}

const NAMES_MOST = 4;

function namesOf(names: readonly string[]): string {
  const more = names.length - NAMES_MOST;
  const named = names.slice(0, NAMES_MOST).join(", ");
  return more > 0 ? `${named} and ${formatCount(more)} more` : named;
}

const MONEY: readonly Column[] = [
  { head: "where the money went", align: "left", spare: 0 },
  { head: "", align: "right", spare: 0 },
  { head: "", align: "right", spare: 1 },
];

/** In the words of people who pay. */
const WASTE_WORDS: Readonly<Record<WasteKind, string>> = {
  boot: "machines starting",
  idle: "machines idle",
  spare: "second results (pairs and copies)",
  failed: "attempts that failed",
  cancelled: "attempts cancelled",
  lost: "attempts lost with their machine",
  rounding: "rounding up to whole units",
};

/** Useful work and each kind of waste that cost something: they add up to what was spent, to the micro-dollar. */
function moneyLines(summary: Summary, cells: number, ink: Ink): string[] {
  const spent = fromUsd(summary.spent_usd);
  const lines: [string, MicroUsd][] = [["useful work", fromUsd(summary.useful_usd)]];
  for (const kind of WASTE_KINDS) {
    const amount = fromUsd(summary.waste_usd[kind]);
    if (amount !== 0) lines.push([WASTE_WORDS[kind], amount]);
  }
  const decimals = exactDecimals([spent, ...lines.map(([, amount]) => amount)]);
  const rowOf = ([word, amount]: readonly [string, MicroUsd], paint?: Ink["strong"]): Row => [
    piece(word, paint),
    piece(formatMoney(amount, decimals), paint),
    piece(spent === 0 ? "" : formatShare(amount / spent), ink.faint),
  ];
  const total: Row = [piece("in all", ink.strong), piece(formatMoney(spent, decimals), ink.strong)];
  return columnLines(MONEY, [...lines.map((line) => rowOf(line)), total], cells, ink.faint);
}
