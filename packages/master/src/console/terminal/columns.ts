/**
 * How do rows become aligned columns of no more than a given width? Columns that matter least go first, then
 * the first column is cut; nothing is ever wrapped.
 */
import { fitLine, piece, type Piece } from "./pieces.js";
import { widthOf } from "./printable.js";

export interface Column {
  readonly head: string;
  readonly align: "left" | "right";
  /** Where room is short, columns with higher numbers are left out first. */
  readonly spare: number;
}

export type Row = readonly Piece[];

const GAP = 2;
/** The first column can shrink to this much before another one is left out. */
const FIRST_LEAST = 13;

/** A line for the heads, unless all are empty, and one for each row. */
export function columnLines(
  columns: readonly Column[],
  rows: readonly Row[],
  cells: number,
  headPaint?: Piece["paint"],
): string[] {
  const heads = columns.map(({ head }) => piece(head, headPaint));
  const all = columns.some(({ head }) => head !== "") ? [heads, ...rows] : rows;
  const widths = columns.map((_, index) =>
    Math.max(0, ...all.map((row) => widthOf(cellAt(row, index).text))),
  );
  const shown = columnsThatFit(columns, widths, cells);
  const first = shown[0] ?? 0;
  const others = shown.slice(1).reduce((sum, index) => sum + GAP + (widths[index] ?? 0), 0);
  widths[first] = Math.max(1, Math.min(widths[first] ?? 0, cells - others));
  return all.map((row) =>
    shown
      .map((index) => alignedCell(cellAt(row, index), widths[index] ?? 0, columns[index]?.align ?? "left"))
      .join(" ".repeat(GAP))
      .trimEnd(),
  );
}

const EMPTY = piece("");
const cellAt = (row: Row, index: number): Piece => row[index] ?? EMPTY;

/** Empty columns are left out anyway; the first one always stays. */
function columnsThatFit(columns: readonly Column[], widths: readonly number[], cells: number): number[] {
  let shown = columns.map((_, index) => index).filter((index) => index === 0 || (widths[index] ?? 0) > 0);
  const needed = (): number =>
    shown.reduce(
      (sum, index) =>
        sum + (index === 0 ? Math.min(widths[0] ?? 0, FIRST_LEAST) : GAP + (widths[index] ?? 0)),
      0,
    );
  while (shown.length > 1 && needed() > cells) {
    const least = shown
      .slice(1)
      .reduce((worst, index) => (spareOf(columns, index) >= spareOf(columns, worst) ? index : worst));
    shown = shown.filter((index) => index !== least);
  }
  return shown;
}

const spareOf = (columns: readonly Column[], index: number): number => columns[index]?.spare ?? 0;

function alignedCell(cell: Piece, width: number, align: "left" | "right"): string {
  const padding = " ".repeat(Math.max(0, width - widthOf(cell.text)));
  const text = fitLine([cell], width);
  return align === "left" ? text + padding : padding + text;
}
