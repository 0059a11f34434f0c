/** The receipt: what was promised and what it came to, where each dollar went, and what was learned on the way. */
import type { JSX } from "preact";
import type { SummaryDocument } from "@stint/shared/api/summary.js";
import { Clock } from "../parts/time.js";
import { count, counted } from "../words/count.js";
import { exactUsd } from "../words/money.js";
import { standingOf } from "../words/run.js";
import { span } from "../words/time.js";
import { ClusterTable } from "./cluster-table.js";
import { FailureTable } from "./failure-table.js";
import { MoneyTable } from "./money-table.js";
import { Notes } from "./notes.js";
import { Promised } from "./promised.js";

export function Receipt({ summary, taskLink }: ReceiptProps): JSX.Element {
  return (
    <article class="receipt" aria-label="Receipt">
      <Head summary={summary} />
      <Promised summary={summary} />
      <FailureTable summary={summary} taskLink={taskLink} />
      <div class="two">
        <MoneyTable summary={summary} />
        <ClusterTable summary={summary} />
      </div>
      <Notes summary={summary} />
    </article>
  );
}

interface ReceiptProps {
  readonly summary: SummaryDocument;
  /** Absent where there is no page of a task to go to. */
  readonly taskLink?: ((task: number) => string) | undefined;
}

function Head({ summary }: { readonly summary: SummaryDocument }): JSX.Element {
  const { tasks, state, makespan_s } = summary;
  const going = state === "running";
  const standing = standingOf({ phase: going ? "running" : "ended", state, awaits_choice: false });
  return (
    <header class="receipt-head">
      <p class="receipt-sentence">
        <strong>{count(tasks.done)}</strong> of {counted(tasks.total, "task")} done for{" "}
        <strong>{exactUsd(summary.spent_usd)}</strong>
        {makespan_s === null ? (
          ""
        ) : (
          <>
            {" "}
            in <strong>{span(makespan_s)}</strong>
          </>
        )}
      </p>
      <p class="under-title">
        <span class={`state ${standing.tone}`}>{going ? "Not ended yet" : standing.word}</span>
        <span class="quiet">
          {" "}
          <Clock at={Date.parse(summary.started_at)} />
          {summary.ended_at === null ? (
            " to now"
          ) : (
            <>
              {" "}
              to <Clock at={Date.parse(summary.ended_at)} />
            </>
          )}
        </span>
        {summary.ended_because === null ? null : <span> {summary.ended_because}</span>}
      </p>
      {summary.shortfall === null ? null : (
        <p class="note bad">
          The budget bought about {count(Math.floor(summary.shortfall.tasks_bought.p50))} tasks; the whole bag
          needs {exactUsd(summary.shortfall.budget_needed_usd)}.
        </p>
      )}
    </header>
  );
}
