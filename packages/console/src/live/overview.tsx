/** A run as it goes on: failures first, then what it waits for, its figures, its pictures, and why. */
import type { JSX } from "preact";
import type { LiveView } from "@stint/shared/api/live-view.js";
import type { AppState } from "../app-state.js";
import { courseOf } from "../charts/course.js";
import { MoneyChart } from "../charts/money-chart.js";
import { shownOfView } from "../charts/shown.js";
import { TasksChart } from "../charts/tasks-chart.js";
import { call } from "../client/call.js";
import { useAsked, useNow } from "../client/hooks.js";
import { OffersPanel } from "../offers/offers-panel.js";
import { waitsFor } from "../words/run.js";
import { DecisionsPanel } from "./decisions-panel.js";
import { FailuresNote } from "./failures-note.js";
import { Figures } from "./figures.js";
import { MachinesPanel } from "./machines-panel.js";
import { RunningPanel } from "./running-panel.js";

/** The past is asked for anew so seldom, as it changes by a row at most in that time. */
const PAST_EVERY_MS = 5_000;

export function Overview({
  view,
  state,
}: {
  readonly view: LiveView;
  readonly state: AppState;
}): JSX.Element {
  const ended = view.phase === "ended";
  const past = useAsked(
    `${view.run} ${ended}`,
    async (signal) => {
      const [history, { machines }] = await Promise.all([
        call.history(view.run, signal),
        call.machines(view.run, signal),
      ]);
      return { history, machines };
    },
    ended ? 0 : PAST_EVERY_MS,
  );
  // A view that is not live any more is not counted on.
  const now = useNow();
  const late =
    state.link.kind === "live" && !ended ? Math.max(0, (now - (state.told.viewAt ?? now)) / 1_000) : 0;
  const waits = waitsFor(view);
  return (
    <>
      <FailuresNote view={view} />
      {waits === undefined ? null : (
        <p class="note wait" role="status">
          {waits}
        </p>
      )}
      <Figures view={view} now={Date.parse(view.at)} />
      {view.awaits_choice ? <OffersPanel view={view} role={state.role} /> : null}
      {past.value === undefined ? <div class="charts-to-come" /> : <Pictures view={view} past={past.value} />}
      {ended ? (
        <DecisionsPanel decisions={view.decisions} />
      ) : (
        <div class="two">
          <RunningPanel view={view} late={late} />
          <DecisionsPanel decisions={view.decisions} />
        </div>
      )}
      {!view.awaits_choice && view.offers !== null ? <OffersPanel view={view} role={state.role} /> : null}
    </>
  );
}

function Pictures({ view, past }: PicturesProps): JSX.Element {
  const course = courseOf(past.history, view);
  const shown = shownOfView(view);
  return (
    <>
      <div class="two">
        <TasksChart course={course} shown={shown} />
        <MoneyChart course={course} shown={shown} />
      </div>
      <MachinesPanel view={view} history={past.history} machines={past.machines} />
    </>
  );
}

interface PicturesProps {
  readonly view: LiveView;
  readonly past: {
    readonly history: Parameters<typeof courseOf>[0];
    readonly machines: Parameters<typeof MachinesPanel>[0]["machines"];
  };
}
