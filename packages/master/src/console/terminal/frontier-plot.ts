/** How do offers lie among all plans that no other beats? Time against cost, small enough to stand beside a question. */
import { decimalsForScale, formatMoneyAbout, formatTimeRange } from "@stint/shared/format.js";
import type { Duration } from "@stint/shared/units.js";
import type { Offers, Plan } from "../../planner/offer/records.js";
import type { OfferName } from "../../planner/vocabulary/settings.js";
import type { Ink } from "./ink.js";
import { fitLine, piece, type Piece } from "./pieces.js";
import { widthOf } from "./printable.js";

export interface PlotLook {
  /** Lines, the axis and its labels included. */
  readonly lines: number;
  readonly cells: number;
  readonly ink: Ink;
  /** The one whose number stands out. */
  readonly marked?: OfferName;
}

/** Less than this shows nothing. */
const LEAST = { lines: 5, cells: 20 } as const;
/** The axis, and the labels below it. */
const BELOW = 2;
const GAP = 2;

/** P50 of time to the right, P50 of cost upwards; offers by their number in the list. No lines where nothing costs, or room is short. */
export function frontierPlot(
  { offers, frontier }: Pick<Offers, "offers" | "frontier">,
  look: PlotLook,
): string[] {
  if (offers.length === 0 || look.lines < LEAST.lines || look.cells < LEAST.cells) return [];
  const plans: readonly Plan[] = [...frontier, ...offers];
  const time = rangeOf(plans.map((plan) => plan.time.p50));
  const cost = rangeOf(plans.map((plan) => plan.cost.p50));
  if (cost.most === 0) return [];
  const decimals = decimalsForScale(cost.most);
  const [dear, cheap] = [formatMoneyAbout(cost.most, decimals), formatMoneyAbout(cost.least, decimals)];
  const labelled = Math.max(widthOf(dear), widthOf(cheap));
  const rows = look.lines - BELOW;
  const width = look.cells - labelled - GAP;
  const field = new Map<number, Piece>();
  const put = ({ time: { p50: x }, cost: { p50: y } }: Plan, mark: Piece): void => {
    field.set(placeIn(cost, y, rows, true) * width + placeIn(time, x, width, false), mark);
  };
  for (const plan of frontier) put(plan, piece("·", look.ink.faint));
  const numbered = offers.map((offer, index) => ({ offer, text: String(index + 1) }));
  // The first of those that are the same names their place, unless it is the marked one.
  for (const { offer, text } of numbered.reverse()) put(offer, piece(text, look.ink.strong));
  for (const { offer, text } of numbered)
    if (offer.name === look.marked) put(offer, piece(text, look.ink.active));
  const upwards = Array.from({ length: rows }, (_, row) => {
    const label = row === 0 ? dear : row === rows - 1 ? cheap : "";
    const cells = Array.from({ length: width }, (_, column) => field.get(row * width + column) ?? piece(" "));
    return fitLine([piece(`${label.padStart(labelled)} │`, look.ink.faint), ...cells], look.cells).trimEnd();
  });
  const axis = rightwards(time, { width, labelled, ink: look.ink });
  return axis.length === 0 ? [] : [...upwards, ...axis];
}

interface Range<T extends number> {
  readonly least: T;
  readonly most: T;
}

const rangeOf = <T extends number>(values: readonly T[]): Range<T> => ({
  least: values.reduce((least, value) => (value < least ? value : least)),
  most: values.reduce((most, value) => (value > most ? value : most)),
});

/** Which of so many places; all in the middle where there is no range. */
function placeIn({ least, most }: Range<number>, value: number, places: number, downwards: boolean): number {
  const share = most === least ? 0.5 : (value - least) / (most - least);
  return Math.round((downwards ? 1 - share : share) * (places - 1));
}

interface Axis {
  readonly width: number;
  readonly labelled: number;
  readonly ink: Ink;
}

/** No lines where both labels do not fit side by side. */
function rightwards(time: Range<Duration>, { width, labelled, ink }: Axis): string[] {
  const [soon = "", late = ""] = [time.least, time.most].map((at) =>
    formatTimeRange({ p50: at, p90: at }, time.least),
  );
  const between = width - widthOf(soon) - widthOf(late);
  if (between < 1) return [];
  const indent = " ".repeat(labelled + 1);
  return [`${indent}└${"─".repeat(width)}`, `${indent} ${soon}${" ".repeat(between)}${late}`].map(ink.faint);
}
