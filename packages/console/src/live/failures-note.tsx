/** Failures come first: how many, which, and the way to all of them. */
import type { JSX } from "preact";
import type { LiveView } from "@stint/shared/api/live-view.js";
import { toTask, toTasks } from "../route.js";
import { count, counted } from "../words/count.js";

export function FailuresNote({ view }: { readonly view: LiveView }): JSX.Element | null {
  const { failed, quarantined } = view.tasks;
  if (failed + quarantined === 0) return null;
  const shown = view.failed_tasks.length;
  return (
    <section class="note bad" aria-label="Failures">
      <p>
        <strong>{counted(failed + quarantined, "task")} given up</strong>
        {quarantined > 0
          ? `, ${count(quarantined)} of them in quarantine after taking machines down`
          : ""}:{" "}
        {view.failed_tasks.map((task, place) => (
          <span key={task}>
            {place > 0 ? ", " : ""}
            <a href={toTask(view.run, task)}>{count(task)}</a>
          </span>
        ))}
        {failed + quarantined > shown ? <>, and more</> : null}.{" "}
        <a href={toTasks(view.run, failed > 0 ? "failed" : "quarantined")}>Show them</a>
      </p>
    </section>
  );
}
