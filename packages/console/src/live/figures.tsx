/** The four figures that a run is about: tasks, time, money, and what the whole will cost, each beside its promise. */
import type { ComponentChildren, JSX } from "preact";
import type { LiveView } from "@stint/shared/api/live-view.js";
import { Meter } from "../parts/meter.js";
import { count } from "../words/count.js";
import { aboutUsd, exactUsd, usdRange } from "../words/money.js";
import { clock, clockRange, span, spanRange } from "../words/time.js";

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
  const { promise, time_left_s } = view;
  const took = Math.max(0, (Date.parse(view.ended_at ?? view.at) - started) / 1_000);
  const promised = promise === null ? undefined : Date.parse(promise.accepted_at);
  const word =
    promised === undefined || promise === null
      ? `started ${clock(started)}`
      : `promised ${clockRange(promised + promise.time_s.p50 * 1_000, promised + promise.time_s.p90 * 1_000)}`;
  if (view.phase === "ended" || time_left_s === null)
    return (
      <Figure
        name={view.phase === "ended" ? "Took" : "Runs for"}
        value={span(Math.round(took))}
        note={word}
      />
    );
  return (
    <Figure
      name="Time left"
      value={spanRange(time_left_s)}
      note={
        <>
          ends {clockRange(now + time_left_s.p50 * 1_000, now + time_left_s.p90 * 1_000)}; {word}
        </>
      }
    />
  );
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
