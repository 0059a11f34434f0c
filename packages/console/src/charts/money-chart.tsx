/** Spent and committed against the budget, and what the whole is expected to cost. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { LiveView } from "@stint/shared/api/live-view.js";
import { Panel } from "../parts/panel.js";
import { aboutUsd, usdRange } from "../words/money.js";
import type { Course } from "./course.js";
import { Key, Readout } from "./key.js";
import { area, line, word } from "./paint.js";
import type { Canvas } from "./plot-props.js";
import { Plot } from "./plot.js";
import { promisedEnds } from "./tasks-chart.js";

export function MoneyChart({ course, view }: MoneyChartProps): JSX.Element {
  const [row, setRow] = useState<number>();
  const held = course.spent.map((spent, place) => spent + (course.committed[place] ?? 0));
  const ends = view.phase === "ended" ? undefined : course.ends.at(-1);
  const to = Math.max(course.now, ends?.p90 ?? 0, promisedEnds(view)?.p90 ?? 0, course.start + 1);
  const highest = Math.max(view.budget_usd ?? 0, view.final_cost_usd?.p90 ?? 0, ...held, 0.000001);
  const looked = Math.min(row ?? course.x.length - 1, course.x.length - 1);
  const cost = course.finalCost[looked];
  return (
    <Panel title="Money, against the budget">
      <Readout at={course.x[looked]} chosen={row !== undefined}>
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
        under={(canvas) => paintMoney(canvas, course, view)}
        looked={setRow}
        label={label(view, highest)}
      />
      <Key
        entries={[
          { kind: "line spent", text: "spent" },
          { kind: "band committed", text: "committed" },
          ...(ends === undefined ? [] : [{ kind: "band forecast", text: "final cost, P50 to P90" }]),
          ...(view.budget_usd === null ? [] : [{ kind: "line budget", text: "budget" }]),
        ]}
      />
    </Panel>
  );
}

interface MoneyChartProps {
  readonly course: Course;
  readonly view: LiveView;
}

function label({ spent_usd, committed_usd, budget_usd, final_cost_usd }: LiveView, scale: number): string {
  const of = budget_usd === null ? "without a budget" : `of a budget of ${aboutUsd(budget_usd, scale)}`;
  const end = final_cost_usd === null ? "" : `; expected to cost ${usdRange(final_cost_usd, scale)} in all`;
  return `Money over time: ${aboutUsd(spent_usd, scale)} spent and ${aboutUsd(committed_usd, scale)} committed ${of}${end}. Arrow keys move along it.`;
}

function paintMoney(canvas: Canvas, course: Course, view: LiveView): void {
  const [ends, cost] = [course.ends.at(-1), view.final_cost_usd];
  if (view.phase !== "ended" && ends !== undefined && cost !== null) {
    const spent = course.spent.at(-1) ?? 0;
    area(
      canvas,
      [
        [course.now, spent],
        [ends.p50, cost.p50],
        [ends.p90, cost.p90],
      ],
      "forecast-band",
    );
    line(
      canvas,
      [
        [course.now, spent],
        [ends.p50, cost.p50],
      ],
      { ink: "forecast", width: 2 },
    );
    line(
      canvas,
      [
        [course.now, spent],
        [ends.p90, cost.p90],
      ],
      { ink: "forecast", width: 1, dash: [2, 4] },
    );
  }
  if (view.budget_usd === null) return;
  line(
    canvas,
    [
      [course.start, view.budget_usd],
      [course.start * 2, view.budget_usd],
    ],
    { ink: "budget", width: 1.5 },
  );
  word(canvas, `budget ${aboutUsd(view.budget_usd)}`, { y: view.budget_usd, colour: "budget" });
}
