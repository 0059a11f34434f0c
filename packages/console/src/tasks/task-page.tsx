/** One task: its command, its attempts, and what each has printed. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { AttemptView, TaskView } from "@stint/shared/api/tasks.js";
import { call } from "../client/call.js";
import { useAsked } from "../client/hooks.js";
import type { OutputStream } from "../client/output.js";
import { OutputView } from "../output/output-view.js";
import { visible } from "../output/visible.js";
import { Panel } from "../parts/panel.js";
import { TroubleNote } from "../parts/trouble.js";
import { count } from "../words/count.js";
import { AttemptTable } from "./attempt-table.js";

const REFRESH_MS = 2_000;
const STREAMS: readonly OutputStream[] = ["stdout", "stderr"];

export function TaskPage({ run, task, open }: TaskPageProps): JSX.Element {
  const asked = useAsked(`${run} ${task}`, (signal) => call.task(run, task, signal), open ? REFRESH_MS : 0);
  const [picked, setPicked] = useState<number>();
  if (asked.value === undefined)
    return asked.trouble === undefined ? (
      <p class="empty tall">Asking the master …</p>
    ) : (
      <TroubleNote trouble={asked.trouble} again={asked.again} />
    );
  const { attempts_seen } = asked.value;
  const attempt = attempts_seen.find((one) => one.attempt === picked) ?? newest(attempts_seen);
  return (
    <>
      <TaskHead task={asked.value} />
      <Panel title="Attempts" aside={`${count(attempts_seen.length)} so far`}>
        <AttemptTable attempts={attempts_seen} shown={attempt?.attempt} show={setPicked} />
      </Panel>
      {attempt === undefined ? null : (
        <Outputs
          key={`${attempt.attempt} ${attempt.outcome ?? ""}`}
          run={run}
          task={task}
          attempt={attempt}
        />
      )}
    </>
  );
}

interface TaskPageProps {
  readonly run: string;
  readonly task: number;
  /** The run goes on. */
  readonly open: boolean;
}

/** The one whose result counts, else the newest that has begun. */
const newest = (attempts: readonly AttemptView[]): AttemptView | undefined =>
  attempts.find(({ outcome }) => outcome === "done") ??
  attempts.findLast(({ started_s }) => started_s !== null) ??
  attempts.at(-1);

const TaskHead = ({ task }: { readonly task: TaskView }): JSX.Element => (
  <section class="task-head" aria-label="Task">
    <h2>
      Task {count(task.task)} <span class={`task-state ${task.state}`}>{task.state}</span>
      {task.id === String(task.task) ? null : <span class="quiet small"> {visible(task.id)}</span>}
    </h2>
    <pre class="whole-command" tabIndex={0} aria-label="Command">
      {visible(task.command)}
    </pre>
  </section>
);

function Outputs({ run, task, attempt }: OutputsProps): JSX.Element {
  // What failed most often says why on stderr.
  const [stream, setStream] = useState<OutputStream>(
    (attempt.outcome === "failed" || attempt.outcome === "timeout") && attempt.stderr_bytes !== 0
      ? "stderr"
      : "stdout",
  );
  return (
    <Panel
      title={`Output of attempt ${attempt.attempt}`}
      aside={
        <div role="group" aria-label="Stream">
          {STREAMS.map((one) => (
            <button
              key={one}
              type="button"
              class="chip"
              aria-pressed={one === stream}
              onClick={() => setStream(one)}
            >
              {one}
            </button>
          ))}
        </div>
      }
    >
      <OutputView key={stream} of={{ run, task, attempt: attempt.attempt, stream }} />
    </Panel>
  );
}

interface OutputsProps {
  readonly run: string;
  readonly task: number;
  readonly attempt: AttemptView;
}
