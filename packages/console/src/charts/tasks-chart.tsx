/** Tasks done against the promise, and where the forecasts say that this leads. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { LiveView } from "@stint/shared/api/live-view.js";
import { Panel } from "../parts/panel.js";
import { count } from "../words/count.js";
import type { Spread } from "../words/money.js";
import { clockRange, clock } from "../words/time.js";
import { earlierForecasts, valueAt, type Course } from "./course.js";
import { Key, Readout } from "./key.js";
import { area, line, type Point } from "./paint.js";
import type { Canvas } from "./plot-props.js";
import { Plot } from "./plot.js";

const EARLIER_FORECASTS_MOST = 12;

export function TasksChart({ course, view }: TasksChartProps): JSX.Element {
  const [row, setRow] = useState<number>();
  const total = view.tasks.total;
  const promised = promisedEnds(view);
  const forecast = view.phase === "ended" ? undefined : course.ends.at(-1);
  const to = Math.max(course.now, forecast?.p90 ?? 0, promised?.p90 ?? 0, course.start + 1);
  const looked = Math.min(row ?? course.x.length - 1, course.x.length - 1);
  return (
    <Panel title="Tasks done, against the promise">
      <Readout at={course.x[looked]} chosen={row !== undefined}>
        {count(course.done[looked] ?? 0)} of {count(total)} done
        <Then ends={course.ends[looked]} />
      </Readout>
      <Plot
        x={course.x}
        series={[{ ink: "done", values: course.done, width: 2.5 }]}
        from={course.start}
        to={to + (to - course.start) * 0.02}
        most={Math.max(1, total * 1.06)}
        tick={(value) => (Number.isInteger(value) ? count(value) : "")}
        under={(canvas) => paintTasks(canvas, { course, view, promised })}
        looked={setRow}
        label={label(view, course, forecast)}
      />
      <Key
        entries={[
          { kind: "line done", text: "done" },
          ...(promised === undefined ? [] : [{ kind: "dash promise", text: "promised, P50 to P90" }]),
          ...(forecast === undefined ? [] : [{ kind: "band forecast", text: "forecast, P50 to P90" }]),
          { kind: "thin forecast", text: "earlier forecasts" },
        ]}
      />
    </Panel>
  );
}

interface TasksChartProps {
  readonly course: Course;
  readonly view: LiveView;
}

const Then = ({ ends }: { readonly ends: Spread | undefined }): JSX.Element | null =>
  ends === undefined ? null : <>, to end {clockRange(ends.p50 * 1_000, ends.p90 * 1_000)}</>;

function label(view: LiveView, course: Course, forecast: Spread | undefined): string {
  const so = `${count(view.tasks.done)} of ${count(view.tasks.total)} tasks are done`;
  const begun = `since ${clock(course.start * 1_000)}`;
  if (forecast === undefined) return `Tasks over time: ${so} ${begun}.`;
  return `Tasks over time: ${so} ${begun}; forecast to end ${clockRange(forecast.p50 * 1_000, forecast.p90 * 1_000)}. Arrow keys move along it.`;
}

/** When a promise says that the last result is there. */
export function promisedEnds({ promise }: LiveView): (Spread & { readonly from: number }) | undefined {
  if (promise === null) return undefined;
  const from = Date.parse(promise.accepted_at) / 1_000;
  return { from, p50: from + promise.time_s.p50, p90: from + promise.time_s.p90 };
}

function paintTasks(canvas: Canvas, painted: Painted): void {
  const { course, view } = painted;
  const total = view.tasks.total;
  line(canvas, way([course.start, total], [course.start * 2, total]), { ink: "line-strong", width: 1 });
  paintPromise(canvas, painted);
  for (const row of earlierForecasts(course, EARLIER_FORECASTS_MOST)) {
    const [x, y, end] = [course.x[row], course.done[row], course.ends[row]];
    if (x !== undefined && y !== undefined && end !== undefined)
      line(canvas, way([x, y], [end.p50, total]), { ink: "forecast", width: 1, alpha: 0.28 });
  }
  const end = view.phase === "ended" ? undefined : course.ends.at(-1);
  if (end === undefined) return;
  const now: Point = [course.now, course.done.at(-1) ?? 0];
  area(canvas, way(now, [end.p50, total], [end.p90, total]), "forecast-band");
  line(canvas, way(now, [end.p50, total]), { ink: "forecast", width: 2 });
}

function paintPromise(canvas: Canvas, { course, view, promised }: Painted): void {
  if (promised === undefined) return;
  const total = view.tasks.total;
  const from: Point = [promised.from, valueAt(course, course.done, promised.from)];
  area(canvas, way(from, [promised.p50, total], [promised.p90, total]), "promise-band");
  line(canvas, way(from, [promised.p50, total]), { ink: "promise", dash: [5, 4] });
  line(canvas, way(from, [promised.p90, total]), { ink: "promise", dash: [2, 4] });
}

const way = (...points: Point[]): readonly Point[] => points;

interface Painted {
  readonly course: Course;
  readonly view: LiveView;
  readonly promised: ReturnType<typeof promisedEnds>;
}
