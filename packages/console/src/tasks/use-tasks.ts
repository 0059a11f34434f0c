/** A page of tasks, and the ways on and back. A search of a large bag goes on by itself until it has filled the page. */
import { useEffect, useState } from "preact/hooks";
import type { TaskLine, TaskState, TasksPage } from "@stint/shared/api/tasks.js";
import { call } from "../client/call.js";
import { useAsked } from "../client/hooks.js";
import type { CallTrouble } from "../client/trouble.js";
import { count } from "../words/count.js";

const A_PAGE = 50;
const REFRESH_MS = 4_000;
/** Then the reader is asked to say that it should go on. */
const CALLS_MOST = 50;
/** Pages that the way back knows; beyond that it begins again. */
const WAY_BACK_MOST = 1_000;

export interface FoundTasks {
  readonly tasks: readonly TaskLine[] | undefined;
  readonly trouble: CallTrouble | undefined;
  readonly again: () => void;
  readonly first: boolean;
  readonly last: boolean;
  readonly back: () => void;
  readonly on: () => void;
  readonly words: (total: number | undefined) => string;
}

export function useTasks(run: string, state: TaskState | undefined, search: string): FoundTasks {
  const [way, setWay] = useState<readonly number[]>([0]);
  const after = way.at(-1) ?? 0;
  useEffect(() => setWay([0]), [run, state, search]);
  const asked = useAsked(
    `${run} ${state ?? ""} ${after} ${search}`,
    (signal) => fullPage(run, { state, search, after, limit: A_PAGE }, signal),
    REFRESH_MS,
  );
  const page = asked.value;
  const next = page?.next_after ?? null;
  return {
    tasks: page?.tasks,
    trouble: asked.trouble,
    again: asked.again,
    first: way.length === 1,
    last: next === null,
    back: () => setWay((steps) => (steps.length > 1 ? steps.slice(0, -1) : steps)),
    on: () => {
      if (next !== null) setWay((steps) => [...steps.slice(-WAY_BACK_MOST), next]);
    },
    words: (total) => wordsOf(page, total),
  };
}

/** The master looks so far and no further in one call: it is asked on until the page is full. */
async function fullPage(
  run: string,
  wanted: Parameters<typeof call.tasks>[1],
  signal: AbortSignal,
): Promise<TasksPage> {
  let page = await call.tasks(run, wanted, signal);
  for (let calls = 1; calls < CALLS_MOST && page.tasks.length < wanted.limit; calls++) {
    if (page.next_after === null) break;
    const rest = { ...wanted, after: page.next_after, limit: wanted.limit - page.tasks.length };
    const next = await call.tasks(run, rest, signal);
    page = { ...next, tasks: [...page.tasks, ...next.tasks] };
  }
  return page;
}

function wordsOf(page: TasksPage | undefined, total: number | undefined): string {
  if (page === undefined) return "Asking …";
  const [first, last] = [page.tasks[0], page.tasks.at(-1)];
  const of = total === undefined ? "" : ` of ${count(total)}`;
  if (first === undefined || last === undefined)
    return page.next_after === null
      ? "No task is like that."
      : `None up to task ${count(page.seen_to)}${of}; “Next” looks further.`;
  return `Tasks ${count(first.task)} to ${count(last.task)}${of}`;
}
