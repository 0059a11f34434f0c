/** How uPlot is asked to draw: quiet axes, no legend of its own, nothing that zooms. */
import uPlot from "uplot";
import { clock, clockToTheSecond, SHORT_S } from "../words/time.js";
import type { Ink } from "./ink.js";
import type { Canvas, PlotProps } from "./plot-props.js";

interface Size {
  readonly width: number;
  readonly height: number;
}
interface Latest {
  readonly current: PlotProps;
}

export function plotOptions(latest: Latest, ink: Ink, { width, height }: Size): uPlot.Options {
  const font = `12px ${getComputedStyle(document.body).fontFamily}`;
  return {
    width,
    height,
    padding: [10, 28, 0, 0],
    legend: { show: false },
    cursor: { drag: { x: false, y: false }, points: { size: 7 }, y: false },
    scales: {
      x: { time: true, range: () => [latest.current.from, latest.current.to] },
      y: { range: () => [0, latest.current.most] },
    },
    axes: [
      {
        ...axis(ink, font),
        size: 28,
        gap: 4,
        space: 80,
        values: (_, splits) => times(splits, latest.current),
      },
      {
        ...axis(ink, font),
        // Asked once before there are values.
        size: (_, values: readonly string[] | null) =>
          14 + 7 * Math.max(3, ...(values ?? []).map(({ length }) => length)),
        space: 34,
        values: (_, splits) => splits.map((value) => latest.current.tick(value)),
      },
    ],
    series: [{}, ...latest.current.series.map((_, index) => seriesOf(latest, index, ink))],
    hooks: {
      drawAxes: [(plot) => paint(plot, latest.current, ink)],
      setCursor: [(plot) => latest.current.looked(plot.cursor.idx ?? undefined)],
    },
  };
}

const axis = (ink: Ink, font: string): uPlot.Axis => ({
  font,
  stroke: ink("ink-3"),
  grid: { stroke: ink("line"), width: 1 },
  ticks: { show: false },
});

/** Within a day the time alone, to the second where that tells ticks apart; across days with their dates. */
function times(splits: readonly number[], { from, to }: PlotProps): string[] {
  if (to - from < SHORT_S) return splits.map((at) => clockToTheSecond(at * 1_000));
  return splits.map((at) => clock(at * 1_000, to * 1_000));
}

function seriesOf(latest: Latest, index: number, ink: Ink): uPlot.Series {
  const series = latest.current.series[index];
  if (series === undefined) return {};
  const { stepped } = uPlot.paths;
  return {
    stroke: ink(series.ink),
    width: series.width ?? 2,
    points: { show: false },
    ...(series.fill === undefined ? {} : { fill: ink(series.fill) }),
    ...(series.stepped === true && stepped !== undefined ? { paths: stepped({ align: 1 }) } : {}),
  };
}

function paint(plot: uPlot, props: PlotProps, ink: Ink): void {
  const { ctx, bbox } = plot;
  const canvas: Canvas = {
    ctx,
    ink,
    unit: devicePixelRatio,
    at: (x, y) => [plot.valToPos(x, "x", true), plot.valToPos(y, "y", true)],
    box: { left: bbox.left, top: bbox.top, right: bbox.left + bbox.width, bottom: bbox.top + bbox.height },
  };
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  props.under(canvas);
  ctx.restore();
}
