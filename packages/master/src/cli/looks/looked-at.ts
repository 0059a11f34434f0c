/**
 * What may be asked of a run that is in this process, at work or read from its journal: its documents, and where its
 * tasks stand. It changes nothing.
 */
import type { History, MachineView } from "@stint/shared/api/history.js";
import type { LiveView, OffersView } from "@stint/shared/api/live-view.js";
import {
  TASKS_A_PAGE_MOST,
  type TaskLine,
  type TasksPage,
  type TasksQuery,
} from "@stint/shared/api/tasks.js";
import type { TaskIndex } from "@stint/shared/ids.js";
import { between, type Instant, type MicroUsd } from "@stint/shared/units.js";
import type { Chronicle } from "../../console/model/chronicle.js";
import { historyDocument } from "../../console/model/history.js";
import { liveView } from "../../console/model/live-view.js";
import { machineDocuments } from "../../console/model/machines.js";
import type { Shown } from "../../console/model/shown.js";
import type { Thinker } from "../../drive/think.js";
import { activeOf } from "../../planner/attempts/attempts.js";
import { secondsOf } from "../../planner/report/summary-words.js";
import type { Run } from "../../planner/run-state.js";
import { viewOffers } from "../../planner/view-offers.js";
import { whatIf } from "../../planner/what-if.js";
import type { OpenBag } from "../../store/open-bag.js";
import { KIND_WORDS } from "../../store/rows.js";
import { taskLine, tasksPage } from "./tasks-page.js";

/** A run in this process. */
export interface RunHere {
  readonly run: Run;
  readonly chronicle: Chronicle;
  readonly bag: Pick<OpenBag, "idOf" | "commandOf">;
  readonly names: { readonly run: string; readonly bag: string };
  readonly now: () => Instant;
  readonly thinker: Thinker;
  /** Nothing is rented and no task is run. */
  readonly imagined?: true;
}

/** Of attempts that run; those that are over stand in the run's folder. */
export interface RunningAttempt {
  readonly attempt: number;
  readonly kind: "sample" | "run" | "retry" | "replica";
  readonly cluster: string;
  readonly machine: string;
  readonly started_s: number;
}

export interface TaskStanding {
  readonly line: TaskLine;
  readonly running: readonly RunningAttempt[];
  /** Micro-seconds; what is known of attempts that are over counts by the clock. */
  readonly began_at_us: number;
}

export interface MachineDocuments {
  readonly machines: readonly MachineView[];
  readonly gone: number;
}

export interface LookedAt {
  view(): LiveView;
  history(): History;
  machines(): MachineDocuments;
  tasks(query: TasksQuery): Promise<TasksPage>;
  /** Null where there is no such task. */
  task(number: number): TaskStanding | null;
  whatIf(budget: MicroUsd): Promise<OffersView>;
}

export function lookedAt(here: RunHere): LookedAt {
  const { run, chronicle, names, now, imagined } = here;
  const shown = (): Shown => ({
    ...{ run, chronicle, now: now(), name: names.run, bag: names.bag },
    ...(imagined && { imagined }),
  });
  return {
    view: () => liveView(shown()),
    history: () => historyDocument(shown()),
    machines: () => machineDocuments(shown()),
    tasks: (query) => tasksPage(here, { ...query, limit: query.limit ?? TASKS_A_PAGE_MOST }),
    task: (number) => standingOf(here, number),
    async whatIf(budget) {
      const told = await here.thinker.think(whatIf(run, budget));
      const offers = told.kind === "offers-computed" ? told.offers : { offers: [], frontier: [] };
      return viewOffers(offers, run.settings.clusters, budget);
    },
  };
}

function standingOf(here: RunHere, number: number): TaskStanding | null {
  const { run } = here;
  if (number < 1 || number > run.shape.size) return null;
  const task = (number - 1) as TaskIndex;
  const running = activeOf(run.attempts, task).map((active): RunningAttempt => {
    const cluster = run.machines.live.get(active.machine)?.cluster ?? 0;
    return {
      attempt: active.attempt,
      kind: KIND_WORDS[active.kind],
      cluster: run.settings.clusters[cluster]?.name ?? "",
      machine: active.machine,
      started_s: secondsOf(between(run.beganAt, active.orderedAt)),
    };
  });
  return { line: taskLine(here, task), running, began_at_us: run.beganAt };
}
