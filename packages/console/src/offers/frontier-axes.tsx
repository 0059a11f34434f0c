/** The axes of the picture of offers, and the budget as a line. */
import type { JSX } from "preact";
import { aboutUsd } from "../words/money.js";
import { span } from "../words/time.js";
import type { Scales } from "./frontier-scales.js";

export function FrontierAxes({ scales, budget }: AxesProps): JSX.Element {
  const { box, x, y, xTicks, yTicks } = scales;
  const scale = Math.max(...xTicks, 0);
  return (
    <>
      <g class="axis">
        {yTicks.map((tick) => (
          <g key={tick}>
            <line x1={box.left} x2={box.right} y1={y(tick)} y2={y(tick)} />
            <text x={box.left - 8} y={y(tick)} dy="0.32em" text-anchor="end">
              {tickSpan(tick)}
            </text>
          </g>
        ))}
        {xTicks.map((tick) => (
          <g key={tick}>
            <line x1={x(tick)} x2={x(tick)} y1={box.bottom} y2={box.bottom + 4} />
            <text x={x(tick)} y={box.bottom + 18} text-anchor="middle">
              {aboutUsd(tick, scale)}
            </text>
          </g>
        ))}
        <line class="base" x1={box.left} x2={box.right} y1={box.bottom} y2={box.bottom} />
        <text class="axis-name" x={box.right} y={box.bottom + 36} text-anchor="end">
          cost of the whole bag →
        </text>
        <text class="axis-name" x={4} y={12}>
          ↑ time from now on
        </text>
      </g>
      {budget === null ? null : <Budget budget={budget} scales={scales} />}
    </>
  );
}

function Budget({
  budget,
  scales: { box, x },
}: {
  readonly budget: number;
  readonly scales: Scales;
}): JSX.Element {
  const far = x(budget) > box.right + 1;
  const at = far ? box.right : x(budget);
  return (
    <g class="budget-line">
      {far ? null : <line x1={at} x2={at} y1={box.top - 4} y2={box.bottom} />}
      <text x={at - 6} y={box.top + 6} text-anchor="end">
        budget {aboutUsd(budget)}
        {far ? ", far to the right →" : ""}
      </text>
    </g>
  );
}

interface AxesProps {
  readonly scales: Scales;
  readonly budget: number | null;
}

/** Whole hours and minutes without the noughts behind them. */
const tickSpan = (seconds: number): string => span(seconds).replace(/ 00 (?:s|min|h)$/u, "");
