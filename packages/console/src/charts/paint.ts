/** The strokes that charts have in common: lines, areas, and a word on a line. */
import type { Canvas } from "./plot-props.js";

/** Points one after another: x, y, x, y. */
export type Points = readonly number[];

export interface Stroke {
  readonly ink: string;
  readonly width?: number;
  readonly dash?: readonly number[];
  readonly alpha?: number;
}

export function line({ ctx, at, ink, unit }: Canvas, points: Points, stroke: Stroke): void {
  ctx.save();
  ctx.globalAlpha = stroke.alpha ?? 1;
  ctx.strokeStyle = ink(stroke.ink);
  ctx.lineWidth = (stroke.width ?? 1.5) * unit;
  ctx.setLineDash((stroke.dash ?? []).map((length) => length * unit));
  ctx.beginPath();
  trace({ ctx, at }, points);
  ctx.stroke();
  ctx.restore();
}

export function area({ ctx, at, ink }: Canvas, points: Points, fill: string): void {
  ctx.save();
  ctx.fillStyle = ink(fill);
  ctx.beginPath();
  trace({ ctx, at }, points);
  ctx.closePath();
  ctx.fill();
  ctx.restore();
}

function trace({ ctx, at }: Pick<Canvas, "ctx" | "at">, points: Points): void {
  for (let place = 0; place + 1 < points.length; place += 2)
    ctx.lineTo(...at(points[place] ?? 0, points[place + 1] ?? 0));
}

/** Above a level line, at its left or right end. */
export function word(
  { ctx, at, ink, unit, box }: Canvas,
  text: string,
  { y, colour, side = "left" }: Word,
): void {
  ctx.save();
  ctx.fillStyle = ink(colour);
  ctx.font = `500 ${12 * unit}px ${getComputedStyle(document.body).fontFamily}`;
  ctx.textAlign = side;
  const [, top] = at(0, y);
  const above = top - 5 * unit > box.top + 12 * unit;
  ctx.textBaseline = above ? "bottom" : "top";
  const x = side === "left" ? box.left + 6 * unit : box.right - 4 * unit;
  ctx.fillText(text, x, above ? top - 4 * unit : top + 5 * unit);
  ctx.restore();
}

interface Word {
  readonly y: number;
  readonly colour: string;
  readonly side?: "left" | "right";
}
