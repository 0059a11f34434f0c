/**
 * Tasks by the page, in the order of their numbers: by state, by part of the command. A large bag is looked through a
 * piece at a time, so that a run at work is not held up, and a page ends after so many tasks also without a hit.
 */
import { setImmediate as later } from "node:timers/promises";
import type { TaskLine, TasksPage, TasksQuery, TaskState } from "@stint/shared/api/tasks.js";
import type { TaskIndex } from "@stint/shared/ids.js";
import type { Run } from "../../planner/run-state.js";
import { taskStanding } from "../../planner/view-task.js";
import type { OpenBag } from "../../store/open-bag.js";

export interface TasksHere {
  readonly run: Run;
  readonly bag: Pick<OpenBag, "idOf" | "commandOf">;
  readonly names: { readonly run: string };
}

const COMMAND_SHOWN_MOST = 500;
/** Commands read for one page, and before others have their turn. */
const READ_MOST = 20_000;
const READ_AT_ONCE = 250;
/** States looked at for one page: they lie in memory. */
const STATES_MOST = 1_000_000;

export function taskLine({ run, bag }: TasksHere, task: TaskIndex): TaskLine {
  const command = bag.commandOf(task);
  return {
    task: task + 1,
    id: bag.idOf(task),
    state: taskStanding(run, task),
    attempts: run.attempts.ordered[task] ?? 0,
    command: command.length > COMMAND_SHOWN_MOST ? command.slice(0, COMMAND_SHOWN_MOST) : command,
  };
}

type Query = TasksQuery & { readonly limit: number };

export async function tasksPage(here: TasksHere, query: Query): Promise<TasksPage> {
  const { run, names } = here;
  const { size } = run.shape;
  const { state, limit, after = 0 } = query;
  const search = query.search === "" ? undefined : query.search;
  const tasks: TaskLine[] = after === 0 ? theOneMeant(here, state, search) : [];
  let [at, read, looked] = [after, 0, 0];
  while (at < size && tasks.length < limit && read < READ_MOST && looked < STATES_MOST) {
    const task = at as TaskIndex;
    at += 1;
    looked += 1;
    if (state !== undefined && taskStanding(run, task) !== state) continue;
    if (String(at) === search) continue;
    read += 1;
    if (read % READ_AT_ONCE === 0) await later();
    if (search === undefined || isMeant(here, task, search)) tasks.push(taskLine(here, task));
  }
  return { schema: 1, run: names.run, tasks, next_after: at < size ? at : null, seen_to: at };
}

/** Whoever types a number means that task first; where it stands in the bag it is left out. */
function theOneMeant(here: TasksHere, state: TaskState | undefined, search: string | undefined): TaskLine[] {
  const number = search !== undefined && /^[1-9]\d{0,9}$/u.test(search) ? Number(search) : 0;
  if (number === 0 || number > here.run.shape.size) return [];
  const line = taskLine(here, (number - 1) as TaskIndex);
  return state === undefined || line.state === state ? [line] : [];
}

const isMeant = ({ bag }: TasksHere, task: TaskIndex, search: string): boolean =>
  bag.idOf(task) === search || bag.commandOf(task).includes(search);
