/** The receipt: what was promised and what it came to, where each dollar went, and what was learned on the way. */
import type { JSX } from "preact";
import type { History } from "@stint/shared/api/history.js";
import type { SummaryDocument } from "@stint/shared/api/summary.js";
import { courseOf } from "../charts/course.js";
import { MoneyChart } from "../charts/money-chart.js";
import { shownOfSummary } from "../charts/shown.js";
import { TasksChart } from "../charts/tasks-chart.js";
import { count, counted } from "../words/count.js";
import { exactUsd } from "../words/money.js";
import { span } from "../words/time.js";
import { ClusterTable } from "./cluster-table.js";
import { FailureTable } from "./failure-table.js";
import { MoneyTable } from "./money-table.js";
import { Notes } from "./notes.js";
import { Promised } from "./promised.js";

export function Receipt({ summary, history, taskLink }: ReceiptProps): JSX.Element {
  return (
    <article class="receipt" aria-label="Receipt">
      <Head summary={summary} />
      <Promised summary={summary} />
      <FailureTable summary={summary} taskLink={taskLink} />
      <div class="two">
        <MoneyTable summary={summary} />
        <div class="stack">
          <ClusterTable summary={summary} />
          <Notes summary={summary} />
        </div>
      </div>
      <Past summary={summary} history={history} />
    </article>
  );
}

interface ReceiptProps {
  readonly summary: SummaryDocument;
  readonly history: History;
  /** Absent where there is no page of a task to go to. */
  readonly taskLink?: ((task: number) => string) | undefined;
}

const Past = ({
  summary,
  history,
}: {
  readonly summary: SummaryDocument;
  readonly history: History;
}): JSX.Element => (
  <div class="two">
    <TasksChart course={courseOf(history, undefined)} shown={shownOfSummary(summary)} />
    <MoneyChart course={courseOf(history, undefined)} shown={shownOfSummary(summary)} />
  </div>
);

function Head({ summary }: { readonly summary: SummaryDocument }): JSX.Element {
  const { tasks, makespan_s } = summary;
  return (
    <header class="receipt-head">
      <p class="receipt-sentence">
        <strong>{count(tasks.done)}</strong> of {counted(tasks.total, "task")} done for{" "}
        <strong>{exactUsd(summary.spent_usd)}</strong>
        {makespan_s === null ? null : (
          <>
            {" "}
            in <strong>{span(makespan_s)}</strong>
          </>
        )}
      </p>
      {summary.ended_because === null ? null : <p class="under-title">{summary.ended_because}</p>}
      {summary.shortfall === null ? null : (
        <p class="note bad">
          The budget bought about {count(Math.floor(summary.shortfall.tasks_bought.p50))} tasks; the whole bag
          needs {exactUsd(summary.shortfall.budget_needed_usd)}.
        </p>
      )}
    </header>
  );
}
