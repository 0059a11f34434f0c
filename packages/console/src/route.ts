/** Which page does an address's fragment name, and how is it written? Links are made here and nowhere else. */
import type { TaskState } from "@stint/shared/api/tasks.js";

export type RunTab = "overview" | "tasks" | "report";
export type Route =
  | { readonly page: "runs" }
  | { readonly page: "submit" }
  | { readonly page: "run"; readonly run: string; readonly tab: RunTab; readonly state?: TaskState }
  | { readonly page: "task"; readonly run: string; readonly task: number };

export function routeOf(fragment: string): Route {
  const parts = fragment
    .replace(/^#?\/?/u, "")
    .split("/")
    .map(decoded);
  if (parts[0] === "submit") return { page: "submit" };
  const [place, run, tab, task] = parts;
  if (place !== "runs" || run === undefined || run === "") return { page: "runs" };
  if (tab === "tasks" && task !== undefined && /^[1-9]\d{0,15}$/u.test(task))
    return { page: "task", run, task: Number(task) };
  const state = tab === "tasks" ? STATES.find((one) => one === task) : undefined;
  if (state !== undefined) return { page: "run", run, tab: "tasks", state };
  return { page: "run", run, tab: tab === "tasks" || tab === "report" ? tab : "overview" };
}

const STATES: readonly TaskState[] = ["waiting", "running", "done", "failed", "quarantined"];

export const toRuns = "#/";
export const toSubmit = "#/submit";
export const toRun = (run: string, tab: RunTab = "overview"): string =>
  `#/runs/${encodeURIComponent(run)}${tab === "overview" ? "" : `/${tab}`}`;
export const toTask = (run: string, task: number): string => `${toRun(run, "tasks")}/${task}`;

export const toTasks = (run: string, state: TaskState): string => `${toRun(run, "tasks")}/${state}`;

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
