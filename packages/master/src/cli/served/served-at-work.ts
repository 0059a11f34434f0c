/** A run at work as pages see it: its master is asked, what has been printed is read from its folder. */
import type { History } from "@stint/shared/api/history.js";
import type { LiveView, OffersView } from "@stint/shared/api/live-view.js";
import type { TasksPage } from "@stint/shared/api/tasks.js";
import { TroubleError } from "@stint/shared/failures.js";
import type { ServedRun } from "../../console/web/runs-port.js";
import type { Summary } from "../../planner/report/summary.js";
import type { RunFolder } from "../../store/run-folder.js";
import type { MachineDocuments, TaskStanding } from "../looks/looked-at.js";
import { outputPart, taskView } from "../looks/task-views.js";
import type { Asker, Question } from "../control/asker.js";

export function servedAtWork(folder: RunFolder, asker: Asker): ServedRun {
  const documentOf = async (question: Question): Promise<unknown> => {
    const told = await asker.ask(question);
    return told.kind === "document" ? told.document : undefined;
  };
  const tell = async (question: Question): Promise<void> => {
    await asker.ask(question);
  };
  const standing = async (task: number): Promise<TaskStanding | null> =>
    (await documentOf({ ask: "task", task })) as TaskStanding | null;
  return {
    view: async () => (await documentOf({ ask: "look", at: "view" })) as LiveView,
    watch: (told, over) => asker.follow("view", (view) => told(view as LiveView), over),
    history: async () => (await documentOf({ ask: "look", at: "history" })) as History,
    machines: async () => (await documentOf({ ask: "look", at: "machines" })) as MachineDocuments,
    tasks: async (query) => (await documentOf({ ask: "tasks", query })) as TasksPage,
    async task(number) {
      const known = await standing(number);
      return known === null ? undefined : taskView(folder, known);
    },
    async output(wanted) {
      const known = await standing(wanted.task);
      return known === null ? undefined : outputPart(folder, known, wanted);
    },
    async report() {
      const told = await asker.ask({ ask: "status" });
      return (told as { readonly summary: Summary }).summary as Awaited<ReturnType<ServedRun["report"]>>;
    },
    whatIf: async (budget) => (await documentOf({ ask: "what-if", budget_micro_usd: budget })) as OffersView,
    choose: (offer) => tell({ ask: "choose", offer }),
    cancel: (how) => tell({ ask: "stop", how }),
    pause: () => tell({ ask: "pause" }),
    resume: () => tell({ ask: "unpause" }),
    addBudget: (amount) => tell({ ask: "budget-add", amount_micro_usd: amount }),
    retryFailed: () => Promise.reject(atWork(folder)),
  };
}

const atWork = ({ name }: RunFolder): TroubleError =>
  new TroubleError({
    kind: "usage",
    code: "run-is-at-work",
    where: name,
    found: "a run that goes on",
    expected: "a run that has ended: until then what fails is tried again by its own retries",
    hint: "retry when it has ended, or cancel it first",
  });
