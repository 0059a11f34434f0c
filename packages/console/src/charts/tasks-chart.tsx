/** Tasks done against the promise, and where the forecasts say that this leads. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Panel } from "../parts/panel.js";
import { count } from "../words/count.js";
import type { Spread } from "../words/money.js";
import { clock, clockRange, SHORT_S } from "../words/time.js";
import { earlierForecasts, valueAt, type Course } from "./course.js";
import { Key, Readout } from "./key.js";
import { area, line } from "./paint.js";
import type { Canvas } from "./plot-props.js";
import { Plot } from "./plot.js";
import { endsFrom, type Shown } from "./shown.js";

const EARLIER_FORECASTS_MOST = 12;

export function TasksChart({ course, shown }: TasksChartProps): JSX.Element {
  const [row, setRow] = useState<number>();
  const { total, promised } = shown;
  const forecast = shown.ended ? undefined : endsFrom(course.now, course.ends.at(-1));
  const to = Math.max(course.now, forecast?.p90 ?? 0, promised?.p90 ?? 0, course.start + 1);
  const short = to - course.start < SHORT_S;
  const looked = Math.min(row ?? course.x.length - 1, course.x.length - 1);
  return (
    <Panel title="Tasks done, against the promise">
      <Readout at={course.x[looked]} chosen={row !== undefined} short={short}>
        {count(course.done[looked] ?? 0)} of {count(total)} done
        <Then ends={course.ends[looked]} short={short} />
      </Readout>
      <Plot
        x={course.x}
        series={[{ ink: "done", values: course.done, width: 2.5 }]}
        from={course.start}
        to={to + (to - course.start) * 0.02}
        most={Math.max(1, total * 1.06)}
        tick={(value) => (Number.isInteger(value) ? count(value) : "")}
        under={(canvas) => paintTasks(canvas, course, shown)}
        looked={setRow}
        label={label(shown, course, forecast, short)}
      />
      <Key
        entries={[
          { kind: "line done", text: "done" },
          ...(promised === undefined ? [] : [{ kind: "dash promise", text: "promised, P50 to P90" }]),
          ...(forecast === undefined ? [] : [{ kind: "band forecast", text: "forecast, P50 to P90" }]),
          ...(earlierForecasts(course, 1).length === 0
            ? []
            : [{ kind: "thin forecast", text: "earlier forecasts" }]),
        ]}
      />
    </Panel>
  );
}

interface TasksChartProps {
  readonly course: Course;
  readonly shown: Shown;
}

const Then = ({ ends, short }: ThenProps): JSX.Element | null =>
  ends === undefined ? null : <>, to end {clockRange(ends.p50 * 1_000, ends.p90 * 1_000, short)}</>;

interface ThenProps {
  readonly ends: Spread | undefined;
  readonly short: boolean;
}

function label({ done, total }: Shown, course: Course, forecast: Spread | undefined, short: boolean): string {
  const so = `Tasks over time: ${count(done)} of ${count(total)} tasks are done since ${clock(course.start * 1_000)}`;
  const then =
    forecast === undefined
      ? ""
      : `; forecast to end ${clockRange(forecast.p50 * 1_000, forecast.p90 * 1_000, short)}`;
  return `${so}${then}. Arrow keys move along it.`;
}

function paintTasks(canvas: Canvas, course: Course, shown: Shown): void {
  const { total } = shown;
  line(canvas, [course.start, total, course.start * 2, total], { ink: "line-strong", width: 1 });
  paintPromise(canvas, course, shown);
  for (const row of earlierForecasts(course, EARLIER_FORECASTS_MOST)) {
    const [x, y, end] = [course.x[row], course.done[row], course.ends[row]];
    if (x !== undefined && y !== undefined && end !== undefined)
      line(canvas, [x, y, end.p50, total], { ink: "forecast", width: 1, alpha: 0.28 });
  }
  const end = shown.ended ? undefined : endsFrom(course.now, course.ends.at(-1));
  if (end === undefined) return;
  const done = course.done.at(-1) ?? 0;
  area(canvas, [course.now, done, end.p50, total, end.p90, total], "forecast-band");
  line(canvas, [course.now, done, end.p50, total], { ink: "forecast", width: 2 });
}

function paintPromise(canvas: Canvas, course: Course, { promised, total }: Shown): void {
  if (promised === undefined) return;
  const { from, p50, p90 } = promised;
  const at = valueAt(course, course.done, from);
  area(canvas, [from, at, p50, total, p90, total], "promise-band");
  line(canvas, [from, at, p50, total], { ink: "promise", dash: [5, 4] });
  line(canvas, [from, at, p90, total], { ink: "promise", dash: [2, 4] });
}
