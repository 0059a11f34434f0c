/** What does the question for an offer look like, with the cursor on one of them? The plot stands beside it where there is room. */
import { decimalsForScale, formatMoneyRange, formatShare, formatTimeRange } from "@stint/shared/format.js";
import { shorter, type Duration, type MicroUsd } from "@stint/shared/units.js";
import type { Offer, Offers } from "../../planner/offer/records.js";
import { frontierPlot } from "./frontier-plot.js";
import type { Ink } from "./ink.js";
import { fitLine, piece, type Piece } from "./pieces.js";
import { cellsFor, widthOf } from "./printable.js";

export interface PromptLook {
  readonly columns: number;
  readonly rows: number;
  readonly ink: Ink;
  /** Nothing of it is real, and whoever picks should know. */
  readonly imagined?: boolean;
}

export interface PromptState {
  /** Where the cursor stands. */
  readonly cursor: number;
  readonly state: "open" | "picked" | "left";
}

const GAP = 3;
/** Of the plot; wider is no easier to read. */
const PLOT = { cellsMost: 60, linesMost: 14 } as const;
/** What stands above the question should stay in view: the table of the offers. */
const ABOVE = 20;

/** Lines that no terminal wraps; once it is answered only the answer is left. */
export function promptLines(
  offered: Pick<Offers, "offers" | "frontier">,
  { cursor, state }: PromptState,
  look: PromptLook,
): string[] {
  const { offers } = offered;
  const { ink } = look;
  const cells = cellsFor(look.columns);
  const title = look.imagined === true ? "Which offer? (imagined: nothing is rented)" : "Which offer?";
  const labels = labelsOf(offers);
  const lines = (rows: readonly (readonly Piece[])[]): string[] => rows.map((row) => fitLine(row, cells));
  if (state !== "open") {
    const answer = state === "picked" ? (labels[cursor] ?? "") : "none";
    return lines([
      [piece("◇  ", ink.faint), piece(title)],
      [piece("│  ", ink.faint), piece(answer, ink.faint)],
    ]);
  }
  const question: (readonly Piece[])[] = [
    [piece("◆  ", ink.active), piece(title, ink.strong)],
    ...labels.map((label, index) => rowOf(label, index === cursor, ink)),
    [piece("│  ", ink.active), piece(`↑/↓ or 1–${String(offers.length)}, then Enter; Esc: none`, ink.faint)],
  ];
  const room = cells - GAP - widest(question);
  const plot = frontierPlot(offered, {
    lines: Math.min(PLOT.linesMost, Math.max(question.length + 1, look.rows - ABOVE)),
    cells: Math.min(PLOT.cellsMost, room),
    ink,
    ...(offers[cursor] !== undefined && { marked: offers[cursor].name }),
  });
  return plot.length === 0 ? lines([...question, end(ink)]) : beside(question, plot, ink);
}

const rowOf = (label: string, isHere: boolean, ink: Ink): Piece[] => [
  piece("│  ", ink.active),
  piece(isHere ? "● " : "○ ", isHere ? ink.good : ink.faint),
  piece(label, isHere ? undefined : ink.faint),
];

const widthOfRow = (row: readonly Piece[]): number => row.reduce((sum, { text }) => sum + widthOf(text), 0);
const widest = (rows: readonly (readonly Piece[])[]): number => Math.max(...rows.map(widthOfRow));

const end = (ink: Ink): readonly Piece[] => [piece("└", ink.active)];

function beside(question: readonly (readonly Piece[])[], plot: readonly string[], ink: Ink): string[] {
  const width = widest(question) + GAP;
  const rail: readonly Piece[] = [piece("│", ink.active)];
  const height = Math.max(question.length + 1, plot.length);
  return Array.from({ length: height }, (_, line) => {
    const row = question[line] ?? (line === height - 1 ? end(ink) : rail);
    const text = fitLine(row, Infinity);
    const right = plot[line] ?? "";
    return right === "" ? text : text + " ".repeat(width - widthOfRow(row)) + right;
  });
}

/** The table's, so that the two can be compared. */
interface Scale {
  readonly time: Duration;
  readonly decimals: number;
}

function labelsOf(offers: readonly Offer[]): string[] {
  const width = Math.max(...offers.map(({ name }) => name.length));
  const scale: Scale = {
    time: offers.map(({ time }) => time.p90).reduce(shorter),
    decimals: decimalsForScale(Math.max(...offers.map(({ cost }) => cost.p90)) as MicroUsd),
  };
  return offers.map(
    (offer, index) => `${String(index + 1)} ${offer.name.padEnd(width)}  ${inShort(offer, scale)}`,
  );
}

function inShort({ time, cost, sameAs, risky, pWithinBudget }: Offer, scale: Scale): string {
  if (sameAs !== undefined) return `same as ${sameAs}`;
  const words = [formatTimeRange(time, scale.time)];
  if (cost.p90 > 0) words.push(formatMoneyRange(cost, scale.decimals));
  if (risky) words.push(`only ${formatShare(pWithinBudget)} sure`);
  return words.join(" · ");
}
