/** One run: what it does, what may be asked of it, and its three sides. */
import type { JSX } from "preact";
import type { LiveView } from "@stint/shared/api/live-view.js";
import type { AppState } from "../app-state.js";
import { Overview } from "../live/overview.js";
import { RunActions } from "../live/run-actions.js";
import { useTab } from "../parts/tab-icon.js";
import { Clock } from "../parts/time.js";
import { ReportPage } from "../receipt/report-page.js";
import { toRun, toRuns, type Route, type RunTab } from "../route.js";
import { TaskPage } from "../tasks/task-page.js";
import { TasksPage } from "../tasks/tasks-page.js";
import { calledAs, standingOfView } from "../words/run.js";

type RunRoute = Route & { readonly page: "run" | "task" };

export function RunPage({
  route,
  state,
}: {
  readonly route: RunRoute;
  readonly state: AppState;
}): JSX.Element {
  const { run } = route;
  const view = state.told.view?.run === run ? state.told.view : undefined;
  useTab(
    titleOf(run, view),
    view === undefined ? 0 : view.tasks.done / Math.max(1, view.tasks.total),
    troubled(view),
  );
  if (state.told.gone === run && view === undefined) return <Gone run={run} />;
  return (
    <div class="page">
      <RunHead run={run} view={view} state={state} gone={state.told.gone === run} />
      <Tabs run={run} shown={route.page === "task" ? "tasks" : route.tab} />
      {route.page === "task" ? (
        <TaskPage key={route.task} run={run} task={route.task} open={view?.phase !== "ended"} />
      ) : (
        <Tab route={route} view={view} state={state} />
      )}
    </div>
  );
}

const troubled = (view: LiveView | undefined): boolean =>
  view !== undefined && view.tasks.failed + view.tasks.quarantined > 0;

function titleOf(run: string, view: LiveView | undefined): string {
  if (view === undefined) return `${run}, stint`;
  const { done, total } = view.tasks;
  return `${Math.floor((100 * done) / Math.max(1, total))} % ${view.bag}: ${standingOfView(view).word}`;
}

function RunHead({ run, view, state, gone }: RunHeadProps): JSX.Element {
  const standing = view === undefined ? undefined : standingOfView(view);
  const stale = view !== undefined && state.link.kind === "lost";
  return (
    <div class="title-row">
      <div class="title-words">
        <h1>{view === undefined ? run : calledAs(view)}</h1>
        <p class="under-title">
          {standing === undefined ? "…" : <span class={`state ${standing.tone}`}>{standing.word}</span>}
          {view === undefined ? null : (
            <span class="quiet">
              {" "}
              started <Clock at={Date.parse(view.started_at)} />
              {view.ended_at === null ? null : (
                <>
                  , ended <Clock at={Date.parse(view.ended_at)} />
                </>
              )}
            </span>
          )}
          {view?.imagined === true ? <span class="badge">Imagined: nothing is rented</span> : null}
          {stale ? (
            <span class="badge stale">
              As of <Clock at={Date.parse(view.at)} precise />
            </span>
          ) : null}
          {gone ? <span class="badge stale">Its master is gone</span> : null}
        </p>
      </div>
      {view === undefined || state.role !== "operator" ? null : <RunActions view={view} />}
    </div>
  );
}

interface RunHeadProps {
  readonly run: string;
  readonly view: LiveView | undefined;
  readonly state: AppState;
  readonly gone: boolean;
}

const TABS: readonly (readonly [RunTab, string])[] = [
  ["overview", "Overview"],
  ["tasks", "Tasks"],
  ["report", "Receipt"],
];

const Tabs = ({ run, shown }: { readonly run: string; readonly shown: RunTab }): JSX.Element => (
  <nav class="tabs" aria-label="Sides of the run">
    {TABS.map(([tab, word]) => (
      <a key={tab} href={toRun(run, tab)} aria-current={tab === shown ? "page" : undefined}>
        {word}
      </a>
    ))}
  </nav>
);

function Tab({ route: { tab, run, state: first }, view, state }: TabProps): JSX.Element {
  switch (tab) {
    case "overview":
      return view === undefined ? (
        <p class="empty tall">Asking the master …</p>
      ) : (
        <Overview view={view} state={state} />
      );
    case "tasks":
      return <TasksPage key={first} run={run} view={view} first={first} />;
    case "report":
      return <ReportPage run={run} view={view} />;
  }
}

interface TabProps {
  readonly route: Route & { readonly page: "run" };
  readonly view: LiveView | undefined;
  readonly state: AppState;
}

const Gone = ({ run }: { readonly run: string }): JSX.Element => (
  <div class="page">
    <h1>{run}</h1>
    <p class="note wait">
      This master has no such run, or the run's own master is gone. <a href={toRuns}>All runs</a>
    </p>
  </div>
);
