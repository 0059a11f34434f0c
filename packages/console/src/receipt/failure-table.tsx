/** Tasks that failed alike, with an example of each. */
import type { JSX } from "preact";
import type { SummaryDocument } from "@stint/shared/api/summary.js";
import { visible } from "../output/visible.js";
import { Panel } from "../parts/panel.js";
import { count, counted } from "../words/count.js";

type Failure = NonNullable<SummaryDocument["failures"]>[number];

export function FailureTable({ summary, taskLink }: FailureTableProps): JSX.Element | null {
  const { failures, failures_rest, tasks } = summary;
  if (tasks.failed + tasks.quarantined === 0) return null;
  return (
    <Panel
      title="What failed"
      kind="bad-panel"
      aside={`${counted(tasks.failed + tasks.quarantined, "task")} given up`}
    >
      <div class="scroll" tabIndex={0} role="region" aria-label="What failed">
        <table>
          <thead>
            <tr>
              <th scope="col" class="number">
                Tasks
              </th>
              <th scope="col">How</th>
              <th scope="col">Last line</th>
              <th scope="col">For example</th>
            </tr>
          </thead>
          <tbody>
            {(failures ?? []).map((failure) => (
              <tr key={failure.example_task}>
                <td class="number">{count(failure.count)}</td>
                <td class="how">{howOf(failure)}</td>
                <td class="command">
                  <code>{failure.last_line === null ? "" : visible(failure.last_line)}</code>
                </td>
                <td>
                  {taskLink === undefined ? (
                    `task ${failure.example_task}`
                  ) : (
                    <a href={taskLink(failure.example_task)}>task {count(failure.example_task)}</a>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {failures_rest > 0 ? (
        <p class="quiet small">{counted(failures_rest, "more task")} failed in other ways.</p>
      ) : null}
    </Panel>
  );
}

function howOf({ outcome, exit_code, signal }: Failure): string {
  if (outcome === "lost") return "in quarantine";
  if (outcome === "timeout") return "timed out";
  if (signal !== null) return `ended by ${signal}`;
  return `exit code ${exit_code ?? "unknown"}`;
}

interface FailureTableProps {
  readonly summary: SummaryDocument;
  /** Absent where there is no page of a task to go to. */
  readonly taskLink: ((task: number) => string) | undefined;
}
