/** Does an address lead where it was made for, and a wrong one somewhere harmless? */
import { expect, test } from "vitest";
import { routeOf, toRun, toRuns, toSubmit, toTask, toTasks } from "./route.js";

const RUN = "2026-11-29T06:12:00-a+b";

test.each([
  [toRuns, { page: "runs" }],
  [toSubmit, { page: "submit" }],
  [toRun(RUN), { page: "run", run: RUN, tab: "overview" }],
  [toRun(RUN, "report"), { page: "run", run: RUN, tab: "report" }],
  [toTask(RUN, 12), { page: "task", run: RUN, task: 12 }],
  [toTasks(RUN, "failed"), { page: "run", run: RUN, tab: "tasks", state: "failed" }],
  ["", { page: "runs" }],
  ["#/nowhere/x", { page: "runs" }],
  ["#/runs/", { page: "runs" }],
  ["#/runs/a/tasks/0", { page: "run", run: "a", tab: "tasks" }],
  ["#/runs/a/tasks/1e3", { page: "run", run: "a", tab: "tasks" }],
  ["#/runs/%E0%A4%A", { page: "run", run: "%E0%A4%A", tab: "overview" }],
])("%s", (fragment, route) => {
  expect(routeOf(fragment)).toEqual(route);
});
