/** Tasks by the page, as the master finds them: by state, by id or number, by a part of their command. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { LiveView } from "@stint/shared/api/live-view.js";
import type { TaskLine, TaskState } from "@stint/shared/api/tasks.js";
import { TroubleNote } from "../parts/trouble.js";
import { visible } from "../output/visible.js";
import { toTask } from "../route.js";
import { count } from "../words/count.js";
import { useTasks } from "./use-tasks.js";

const TYPED_REST_MS = 250;
const STATES: readonly TaskState[] = ["failed", "quarantined", "running", "waiting", "done"];

export function TasksPage({ run, view, first }: TasksPageProps): JSX.Element {
  const [state, setState] = useState(first);
  const [typed, setTyped] = useState("");
  const search = useRested(typed);
  const found = useTasks(run, state, search);
  return (
    <section class="tasks" aria-label="Tasks">
      <form class="filter" role="search" onSubmit={(event) => event.preventDefault()}>
        <label class="hidden-word" for="search">
          Id, number, or part of the command
        </label>
        <input
          id="search"
          type="search"
          maxLength={200}
          placeholder="Id, number, or part of the command"
          value={typed}
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
        <div class="filter-states" role="group" aria-label="State">
          <StateButton shown={state} set={setState} />
          {STATES.map((one) => (
            <StateButton
              key={one}
              one={one}
              shown={state}
              set={setState}
              of={view?.tasks[one === "waiting" ? "waiting" : one]}
            />
          ))}
        </div>
      </form>
      {found.trouble === undefined ? null : <TroubleNote trouble={found.trouble} again={found.again} />}
      <TaskTable run={run} tasks={found.tasks} />
      <p class="pager" role="status">
        <button type="button" disabled={found.first} onClick={found.back}>
          Previous
        </button>
        <button type="button" disabled={found.last} onClick={found.on}>
          Next
        </button>
        <span class="quiet small">{found.words(view?.tasks.total)}</span>
      </p>
    </section>
  );
}

interface TasksPageProps {
  readonly run: string;
  readonly view: LiveView | undefined;
  /** The state that is asked for at first. */
  readonly first: TaskState | undefined;
}

/** What was typed, once it rests. */
function useRested(typed: string): string {
  const [rested, setRested] = useState(typed);
  useEffect(() => {
    const timer = setTimeout(() => setRested(typed), TYPED_REST_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  return rested;
}

const StateButton = ({ one, shown, set, of }: StateButtonProps): JSX.Element => (
  <button type="button" class="chip" aria-pressed={one === shown} onClick={() => set(one)}>
    {one ?? "all"}
    {of === undefined ? null : <span class="quiet"> {count(of)}</span>}
  </button>
);

interface StateButtonProps {
  readonly one?: TaskState;
  readonly shown: TaskState | undefined;
  readonly set: (state: TaskState | undefined) => void;
  readonly of?: number | undefined;
}

const TaskTable = ({
  run,
  tasks,
}: {
  readonly run: string;
  readonly tasks: readonly TaskLine[] | undefined;
}): JSX.Element => (
  <div class="scroll task-scroll" tabIndex={0} role="region" aria-label="Found tasks">
    <table class="task-table">
      <thead>
        <tr>
          <th scope="col" class="number">
            Task
          </th>
          <th scope="col">State</th>
          <th scope="col" class="number">
            Attempts
          </th>
          <th scope="col">Command</th>
        </tr>
      </thead>
      <tbody>
        {(tasks ?? []).map((task) => (
          <tr key={task.task}>
            <td class="number">
              <a href={toTask(run, task.task)}>{count(task.task)}</a>
            </td>
            <td>
              <span class={`task-state ${task.state}`}>{task.state}</span>
            </td>
            <td class="number">{count(task.attempts)}</td>
            <td class="command">
              {task.id === String(task.task) ? null : <span class="quiet">{visible(task.id)} </span>}
              <code>{visible(task.command)}</code>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);
