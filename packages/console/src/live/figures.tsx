/** The four figures that a run is about: tasks, time, money, and what the whole will cost, each beside its promise. */
import type { ComponentChildren, JSX } from "preact";
import type { LiveView } from "@stint/shared/api/live-view.js";
import { Meter } from "../parts/meter.js";
import { count } from "../words/count.js";
import { aboutUsd, exactUsd, usdRange } from "../words/money.js";
import { clock, clockRange, SHORT_S, span, spanRange } from "../words/time.js";

export function Figures({ view, now }: { readonly view: LiveView; readonly now: number }): JSX.Element {
  return (
    <dl class="figures four">
      <TasksFigure view={view} />
      <TimeFigure view={view} now={now} />
      <SpentFigure view={view} />
      <CostFigure view={view} />
    </dl>
  );
}

function TasksFigure({ view }: { readonly view: LiveView }): JSX.Element {
  const { total, done, failed, quarantined, running, waiting } = view.tasks;
  const given = failed + quarantined;
  return (
    <Figure
      name="Tasks done"
      value={
        <>
          {count(done)} <small>of {count(total)}</small>
        </>
      }
      note={
        view.phase === "ended"
          ? `${count(given)} failed`
          : `${count(running)} running, ${count(waiting)} waiting${given > 0 ? `, ${count(given)} failed` : ""}`
      }
      meter={
        <Meter
          whole={total}
          parts={[
            { of: done, kind: "done" },
            { of: given, kind: "failed" },
            { of: running, kind: "running" },
          ]}
        />
      }
    />
  );
}

function TimeFigure({ view, now }: { readonly view: LiveView; readonly now: number }): JSX.Element {
  const started = Date.parse(view.started_at);
  const { time_left_s } = view;
  const took = span(Math.max(0, Math.round((Date.parse(view.ended_at ?? view.at) - started) / 1_000)));
  const promised = promisedWords(view) ?? `started ${clock(started)}`;
  if (view.phase === "ended") return <Figure name="Took" value={took} note={promised} />;
  if (time_left_s === null) return <Figure name="Runs for" value={took} note={promised} />;
  const { p50, p90 } = time_left_s;
  const ends = clockRange(now + p50 * 1_000, now + p90 * 1_000, p90 < SHORT_S);
  return <Figure name="Time left" value={spanRange(time_left_s)} note={`ends ${ends}; ${promised}`} />;
}

function promisedWords({ promise }: LiveView): string | undefined {
  if (promise === null) return undefined;
  const [from, { p50, p90 }] = [Date.parse(promise.accepted_at), promise.time_s];
  return `promised ${clockRange(from + p50 * 1_000, from + p90 * 1_000, p90 < SHORT_S)}`;
}

function SpentFigure({ view }: { readonly view: LiveView }): JSX.Element {
  const { spent_usd, committed_usd, budget_usd } = view;
  const whole = budget_usd ?? spent_usd + committed_usd;
  return (
    <Figure
      name="Spent"
      value={
        <>
          {exactUsd(spent_usd)} <small>{budget_usd === null ? "" : `of ${aboutUsd(budget_usd)}`}</small>
        </>
      }
      note={`${aboutUsd(committed_usd, whole)} committed${budget_usd === null ? ", no budget" : `, ${aboutUsd(Math.max(0, budget_usd - spent_usd - committed_usd), whole)} free`}`}
      meter={
        <Meter
          whole={whole}
          parts={[
            { of: spent_usd, kind: "spent" },
            { of: committed_usd, kind: "committed" },
          ]}
        />
      }
    />
  );
}

function CostFigure({ view }: { readonly view: LiveView }): JSX.Element {
  const { promise, final_cost_usd } = view;
  const note = promise === null ? "nothing promised yet" : `promised ${usdRange(promise.cost_usd)}`;
  if (view.phase === "ended") return <Figure name="Cost" value={exactUsd(view.spent_usd)} note={note} />;
  if (final_cost_usd === null) return <Figure name="Will cost" value="not known yet" note={note} />;
  return <Figure name="Will cost" value={usdRange(final_cost_usd)} note={note} />;
}

const Figure = ({ name, value, note, meter }: FigureProps): JSX.Element => (
  <div>
    <dt>{name}</dt>
    <dd>{value}</dd>
    <dd class="figure-note">{note}</dd>
    {meter === undefined ? null : <dd class="figure-meter">{meter}</dd>}
  </div>
);

interface FigureProps {
  readonly name: string;
  readonly value: ComponentChildren;
  readonly note: ComponentChildren;
  readonly meter?: ComponentChildren;
}
