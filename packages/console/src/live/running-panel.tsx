/** What runs now: how long each task has run, against what is expected of it there; copies are marked. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { LiveView, RunningTask } from "@stint/shared/api/live-view.js";
import { clusterInk } from "../charts/ink.js";
import { Panel } from "../parts/panel.js";
import { toTask } from "../route.js";
import { count } from "../words/count.js";
import { span } from "../words/time.js";

const SHOWN_FIRST = 12;

export function RunningPanel({ view, late }: RunningProps): JSX.Element {
  const [all, setAll] = useState(false);
  const shown = all ? view.running : view.running.slice(0, SHOWN_FIRST);
  const places = new Map(view.clusters.map(({ name }, place) => [name, place]));
  const scale = Math.max(
    1,
    ...shown.map(({ since_s, expected_s }) => Math.max(since_s + late, (expected_s ?? 0) * 1.5)),
  );
  const more = view.running.length - SHOWN_FIRST;
  return (
    <Panel
      title="Running now"
      aside={
        <>
          {count(view.tasks.running)} running, {count(view.tasks.waiting)} waiting
        </>
      }
    >
      {view.running.length === 0 ? (
        <p class="empty">No task runs.</p>
      ) : (
        <ol class="strip">
          {shown.map((task) => (
            <Strip
              key={`${task.task}/${task.attempt}`}
              run={view.run}
              task={task}
              scale={scale}
              since={task.since_s + late}
              ink={clusterInk(places.get(task.cluster) ?? 0)}
            />
          ))}
        </ol>
      )}
      {more > 0 ? (
        <button type="button" class="plain" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? "Show the longest alone" : `Show ${count(more)} more of those that run longest`}
        </button>
      ) : null}
    </Panel>
  );
}

interface RunningProps {
  readonly view: LiveView;
  /** Seconds since the view was made. */
  readonly late: number;
}

function Strip({ run, task, scale, since, ink }: StripProps): JSX.Element {
  const share = (of: number): string => `${Math.min(100, (of / scale) * 100)}%`;
  const over = task.expected_s !== null && since > 2 * task.expected_s;
  return (
    <li>
      <a href={toTask(run, task.task)}>
        {count(task.task)}
        {task.attempt > 1 ? <span class="quiet"> #{task.attempt}</span> : null}
      </a>
      <span class="strip-where small quiet">
        {task.machine.startsWith(task.cluster) ? task.machine : `${task.cluster} ${task.machine}`}
        {task.copy ? <span class="badge copy">copy</span> : null}
      </span>
      <span class={`strip-bar ${ink}`} aria-hidden="true">
        <span class="strip-since" style={{ width: share(since) }} />
        {task.expected_s === null ? null : (
          <span class="strip-expected" style={{ left: share(task.expected_s) }} />
        )}
      </span>
      <span class={`strip-time number ${over ? "warn-word" : ""}`}>
        {span(since < 10 ? Math.round(since * 10) / 10 : Math.round(since))}
        <span class="quiet"> of {task.expected_s === null ? "?" : `~${span(task.expected_s)}`}</span>
      </span>
    </li>
  );
}

interface StripProps {
  readonly run: string;
  readonly task: RunningTask;
  readonly scale: number;
  readonly since: number;
  readonly ink: string;
}
