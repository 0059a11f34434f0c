/** The calls that look at runs, as each is documented and carried out. */
import { z } from "zod";
import { history, machines } from "@stint/shared/api/history.js";
import { liveView, offers } from "@stint/shared/api/live-view.js";
import { runs as runList } from "@stint/shared/api/runs.js";
import { summary } from "@stint/shared/api/summary.js";
import { task, tasksPage, tasksQuery } from "@stint/shared/api/tasks.js";
import { amount } from "@stint/shared/api/words.js";
import { readAt } from "@stint/shared/misread.js";
import { parseAmount } from "@stint/shared/quantities.js";
import { knownRun, knownTask } from "./known-run.js";
import { reading, type Operation } from "./operation.js";
import { notFound } from "./refused.js";
import type { ServedRuns } from "./runs-port.js";
import { taskOutput } from "./task-output.js";

const RUN = "/api/v1/runs/{run}";

/** A run whose master is gone, or that asks for something else first, refuses with these. */
const OF_A_RUN = [404, 409, 503] as const;

const budgetQuery = z.strictObject({ budget: amount });

export function looking(runs: ServedRuns): readonly Operation[] {
  return [
    reading({
      ...{ name: "listRuns", path: "/api/v1/runs", who: "viewer", refused: [503] },
      about: "All runs of this master, and the money of all together.",
      document: { name: "runs", schema: runList },
      carryOut: () => runs.list(),
    }),
    reading({
      ...{ name: "viewRun", path: RUN, who: "viewer", refused: OF_A_RUN },
      about: "How a run stands at this moment.",
      document: { name: "liveView", schema: liveView },
      carryOut: async (call) => (await knownRun(runs, call)).view(),
    }),
    reading({
      ...{ name: "runHistory", path: `${RUN}/history`, who: "viewer", refused: OF_A_RUN },
      about: "How it came to stand so: columns of equal length.",
      document: { name: "history", schema: history },
      carryOut: async (call) => (await knownRun(runs, call)).history(),
    }),
    reading({
      ...{ name: "runReport", path: `${RUN}/report`, who: "viewer", refused: OF_A_RUN },
      about: "The receipt, the same as summary.json in the run's folder.",
      document: { name: "summary", schema: summary },
      carryOut: async (call) => (await knownRun(runs, call)).report(),
    }),
    reading({
      ...{ name: "whatIf", path: `${RUN}/what-if`, who: "viewer", refused: [422, ...OF_A_RUN] },
      about: "What another budget would buy. Nothing is changed.",
      query: budgetQuery,
      document: { name: "offers", schema: offers },
      carryOut: async (call) => {
        const run = await knownRun(runs, call);
        return run.whatIf(readAt({ kind: "bad-input", where: "budget" }, parseAmount, call.query.budget));
      },
    }),
    ...lookingInside(runs),
  ];
}

function lookingInside(runs: ServedRuns): readonly Operation[] {
  return [
    reading({
      ...{ name: "runMachines", path: `${RUN}/machines`, who: "viewer", refused: OF_A_RUN },
      about: "The machines that exist, and those that went last.",
      document: { name: "machines", schema: machines },
      carryOut: async (call) => {
        const { machines: some, gone } = await (await knownRun(runs, call)).machines();
        return { schema: 1 as const, run: call.named["run"] ?? "", machines: [...some], gone_in_all: gone };
      },
    }),
    reading({
      ...{ name: "listTasks", path: `${RUN}/tasks`, who: "viewer", refused: OF_A_RUN },
      about: "Tasks by the page, in order of their numbers.",
      query: tasksQuery,
      document: { name: "tasksPage", schema: tasksPage },
      carryOut: async (call) => (await knownRun(runs, call)).tasks(call.query),
    }),
    reading({
      ...{ name: "viewTask", path: `${RUN}/tasks/{task}`, who: "viewer", refused: OF_A_RUN },
      about: "A task and its attempts.",
      document: { name: "task", schema: task },
      carryOut: async (call) => {
        const found = await (await knownRun(runs, call)).task(knownTask(call));
        if (found === undefined) throw notFound("the task", "a number of this run's bag");
        return found;
      },
    }),
    taskOutput(runs, `${RUN}/tasks/{task}/output`, OF_A_RUN),
  ];
}
