/** Spent and committed against the budget, and what the whole is expected to cost. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Panel } from "../parts/panel.js";
import { aboutUsd, usdRange } from "../words/money.js";
import { SHORT_S } from "../words/time.js";
import type { Course } from "./course.js";
import { Key, Readout } from "./key.js";
import { area, line, word } from "./paint.js";
import type { Canvas } from "./plot-props.js";
import { Plot } from "./plot.js";
import { endsFrom, type Shown } from "./shown.js";

const FAR_TIMES = 5;

export function MoneyChart({ course, shown }: MoneyChartProps): JSX.Element {
  const [row, setRow] = useState<number>();
  const held = course.spent.map((spent, place) => spent + (course.committed[place] ?? 0));
  const ends = shown.ended ? undefined : endsFrom(course.now, course.ends.at(-1));
  const to = Math.max(course.now, ends?.p90 ?? 0, shown.promised?.p90 ?? 0, course.start + 1);
  const most = Math.max(shown.finalCost?.p90 ?? 0, ...held, 0.000001);
  // A budget that lies far above all that is spent is told and not drawn to scale.
  const far = shown.budget !== undefined && shown.budget > FAR_TIMES * most;
  const highest = far ? most * 1.2 : Math.max(shown.budget ?? 0, most);
  const looked = Math.min(row ?? course.x.length - 1, course.x.length - 1);
  const cost = course.finalCost[looked];
  return (
    <Panel title="Money, against the budget">
      <Readout at={course.x[looked]} chosen={row !== undefined} short={to - course.start < SHORT_S}>
        {aboutUsd(course.spent[looked] ?? 0, highest)} spent,{" "}
        {aboutUsd(course.committed[looked] ?? 0, highest)} committed
        {cost === undefined ? null : <>, to cost {usdRange(cost, highest)}</>}
      </Readout>
      <Plot
        x={course.x}
        series={[
          { ink: "committed", fill: "committed-band", values: held, stepped: true, width: 1 },
          { ink: "spent", fill: "spent-band", values: course.spent, stepped: true },
        ]}
        from={course.start}
        to={to + (to - course.start) * 0.02}
        most={highest * 1.1}
        tick={(value) => aboutUsd(value, highest)}
        under={(canvas) => paintMoney(canvas, course, { ...shown, top: far ? highest * 1.1 : undefined })}
        looked={setRow}
        label={label(shown, highest)}
      />
      <Key
        entries={[
          { kind: "line spent", text: "spent" },
          { kind: "band committed", text: "committed" },
          ...(ends === undefined ? [] : [{ kind: "band forecast", text: "final cost, P50 to P90" }]),
          ...(shown.budget === undefined || far ? [] : [{ kind: "line budget", text: "budget" }]),
        ]}
      />
    </Panel>
  );
}

interface MoneyChartProps {
  readonly course: Course;
  readonly shown: Shown;
}

function label({ spent, committed, budget, finalCost }: Shown, scale: number): string {
  const of = budget === undefined ? "without a budget" : `of a budget of ${aboutUsd(budget, scale)}`;
  const end = finalCost === undefined ? "" : `; expected to cost ${usdRange(finalCost, scale)} in all`;
  return `Money over time: ${aboutUsd(spent, scale)} spent and ${aboutUsd(committed, scale)} committed ${of}${end}. Arrow keys move along it.`;
}

function paintMoney(
  canvas: Canvas,
  course: Course,
  shown: Shown & { readonly top: number | undefined },
): void {
  const [ends, cost] = [endsFrom(course.now, course.ends.at(-1)), shown.finalCost];
  if (!shown.ended && ends !== undefined && cost !== undefined) {
    const spent = course.spent.at(-1) ?? 0;
    area(canvas, [course.now, spent, ends.p50, cost.p50, ends.p90, cost.p90], "forecast-band");
    line(canvas, [course.now, spent, ends.p50, cost.p50], { ink: "forecast", width: 2 });
    line(canvas, [course.now, spent, ends.p90, cost.p90], { ink: "forecast", width: 1, dash: [2, 4] });
  }
  const { budget } = shown;
  if (budget === undefined) return;
  if (shown.top !== undefined) {
    word(canvas, `↑ budget ${aboutUsd(budget)}, far above`, { y: shown.top, colour: "budget" });
    return;
  }
  line(canvas, [course.start, budget, course.start * 2, budget], { ink: "budget", width: 1.5 });
  word(canvas, `budget ${aboutUsd(budget)}`, { y: budget, colour: "budget" });
}
