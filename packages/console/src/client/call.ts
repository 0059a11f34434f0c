/** The master's HTTP interface, one function a call. Documents are trusted: master and page are one build. */
import type { History, MachineView } from "@stint/shared/api/history.js";
import type { OffersView } from "@stint/shared/api/live-view.js";
import type { Role, RunList, Submission } from "@stint/shared/api/runs.js";
import type { SummaryDocument } from "@stint/shared/api/summary.js";
import type { TasksPage, TaskState, TaskView } from "@stint/shared/api/tasks.js";
import { troubleFrom, troubleOf } from "./trouble.js";

const BASE = "/api/v1";
/** A master answers in milliseconds; one that takes longer has stopped, or the line to it is cut. */
const ANSWER_WITHIN_MS = 20_000;

const runPath = (run: string): string => `/runs/${encodeURIComponent(run)}`;

export async function answerOf(path: string, init: RequestInit = {}): Promise<Response> {
  const within = AbortSignal.timeout(ANSWER_WITHIN_MS);
  const signal = init.signal == null ? within : AbortSignal.any([init.signal, within]);
  let response: Response;
  try {
    response = await fetch(`${BASE}${path}`, { ...init, signal, cache: "no-store", redirect: "error" });
  } catch (reason) {
    throw troubleFrom(reason);
  }
  if (!response.ok) throw await troubleOf(response);
  return response;
}

async function read<T>(path: string, signal?: AbortSignal): Promise<T> {
  const response = await answerOf(path, signal === undefined ? {} : { signal });
  return (await response.json()) as T;
}

async function write<T>(path: string, body: unknown): Promise<T> {
  const response = await answerOf(path, {
    method: "POST",
    headers: { "content-type": "application/json", "x-stint": "1" },
    body: JSON.stringify(body),
  });
  return (await response.json()) as T;
}

export const call = {
  session: () => read<{ role: Role }>("/session"),
  signIn: (token: string) => write<{ role: Role }>("/session", { token }),
  runs: (signal?: AbortSignal) => read<RunList>("/runs", signal),
  submit: (submission: Submission) => write<{ run: string }>("/runs", submission),
  history: (run: string, signal?: AbortSignal) => read<History>(`${runPath(run)}/history`, signal),
  machines: (run: string, signal?: AbortSignal) =>
    read<{ machines: MachineView[]; gone_in_all: number }>(`${runPath(run)}/machines`, signal),
  report: (run: string, signal?: AbortSignal) => read<SummaryDocument>(`${runPath(run)}/report`, signal),
  task: (run: string, task: number, signal?: AbortSignal) =>
    read<TaskView>(`${runPath(run)}/tasks/${task}`, signal),
  whatIf: (run: string, budget: string, signal?: AbortSignal) =>
    read<OffersView>(`${runPath(run)}/what-if?budget=${encodeURIComponent(budget)}`, signal),
  tasks: (run: string, wanted: TasksWanted, signal?: AbortSignal) =>
    read<TasksPage>(`${runPath(run)}/tasks?${queryOf(wanted)}`, signal),
  order: (run: string, order: Order) => write<unknown>(`${runPath(run)}/${order.verb}`, order.body),
};

export interface TasksWanted {
  readonly state: TaskState | undefined;
  readonly search: string;
  readonly after: number;
  readonly limit: number;
}

/** What an operator may ask of a run. */
export type Order =
  | { readonly verb: "choose"; readonly body: { readonly offer: string } }
  | { readonly verb: "cancel"; readonly body: { readonly how: "drain" | "now" } }
  | { readonly verb: "budget"; readonly body: { readonly add: string } }
  | { readonly verb: "pause" | "resume" | "retry"; readonly body: Readonly<Record<string, never>> };

function queryOf({ state, search, after, limit }: TasksWanted): string {
  const query = new URLSearchParams({ limit: String(limit) });
  if (after > 0) query.set("after", String(after));
  if (state !== undefined) query.set("state", state);
  if (search !== "") query.set("search", search);
  return query.toString();
}

export const outputPath = (run: string, task: number, query: Readonly<Record<string, string>>): string =>
  `${runPath(run)}/tasks/${task}/output?${new URLSearchParams(query).toString()}`;
export const addressOf = (path: string): string => `${BASE}${path}`;
