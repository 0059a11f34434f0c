/** What a chart is given, and what it hands to whoever paints on it. */
import type { Ink } from "./ink.js";

export interface PlotSeries {
  readonly ink: string;
  readonly values: readonly (number | null)[];
  readonly fill?: string;
  readonly stepped?: boolean;
  readonly width?: number;
}

export interface Canvas {
  readonly at: (x: number, y: number) => readonly [number, number];
  readonly ctx: CanvasRenderingContext2D;
  readonly ink: Ink;
  /** Device pixels of one of the page's. */
  readonly unit: number;
  /** The box that is drawn in. */
  readonly box: {
    readonly left: number;
    readonly top: number;
    readonly right: number;
    readonly bottom: number;
  };
}

export interface PlotProps {
  /** Instants in seconds, ascending. */
  readonly x: readonly number[];
  readonly series: readonly PlotSeries[];
  readonly from: number;
  readonly to: number;
  readonly most: number;
  readonly tick: (value: number) => string;
  readonly under: (canvas: Canvas) => void;
  /** What the picture shows, for whoever does not see it. */
  readonly label: string;
  /** Which row the reader looks at, or none. */
  readonly looked: (row: number | undefined) => void;
}
