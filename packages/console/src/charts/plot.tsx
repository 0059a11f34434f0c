/**
 * A chart over time on a canvas. It keeps one uPlot and hands it new data; bands and lines into the future are painted
 * by its caller, between axes and series. A pointer or the arrow keys move along it.
 */
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import uPlot from "uplot";
import { inkNow, useScheme } from "./ink.js";
import { plotOptions } from "./plot-options.js";
import type { PlotProps } from "./plot-props.js";

export function Plot(props: PlotProps): JSX.Element {
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | undefined>(undefined);
  const latest = useRef(props);
  latest.current = props;
  const scheme = useScheme();
  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    const made = new uPlot(plotOptions(latest, inkNow(), sizeOf(element)), dataOf(latest.current), element);
    plot.current = made;
    const sized = new ResizeObserver(() => made.setSize(sizeOf(element)));
    sized.observe(element);
    return () => {
      sized.disconnect();
      made.destroy();
      plot.current = undefined;
    };
  }, [scheme, props.series.length]);
  useEffect(() => plot.current?.setData(dataOf(props)));
  return (
    <div
      ref={place}
      class="plot"
      role="img"
      tabIndex={0}
      aria-label={props.label}
      onKeyDown={(event) => walk(event, plot.current)}
      onBlur={() => props.looked(undefined)}
    />
  );
}

const sizeOf = (element: HTMLElement): { readonly width: number; readonly height: number } => ({
  width: Math.max(120, element.clientWidth),
  height: element.clientHeight,
});

const dataOf = ({ x, series }: PlotProps): uPlot.AlignedData => [
  [...x],
  ...series.map(({ values }) => [...values]),
];

/** Arrow keys go from row to row, with Shift ten at once. */
function walk(event: KeyboardEvent, plot: uPlot | undefined): void {
  const way = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (way === undefined || plot === undefined) return;
  event.preventDefault();
  const rows = plot.data[0];
  const row = plot.cursor.idx ?? rows.length - 1;
  const next = Math.max(0, Math.min(rows.length - 1, row + way * (event.shiftKey ? 10 : 1)));
  const x = rows[next];
  if (x !== undefined) plot.setCursor({ left: plot.valToPos(x, "x"), top: plot.over.clientHeight / 2 });
}
