/**
 * What stands behind the pages: the runs of this master, as documents. A server knows how to say them over HTTP and a
 * websocket, and nothing of where they come from. Each may be refused with a TroubleError.
 */
import type { History, MachineView } from "@stint/shared/api/history.js";
import type { LiveView, OffersView } from "@stint/shared/api/live-view.js";
import type { RunList, Submission } from "@stint/shared/api/runs.js";
import type { SummaryDocument } from "@stint/shared/api/summary.js";
import type { TasksPage, TasksQuery, TaskView } from "@stint/shared/api/tasks.js";
import type { MicroUsd } from "@stint/shared/units.js";
import type { OfferName } from "../../planner/vocabulary/settings.js";

/** Ends what was begun, once. */
export type Unwatch = () => void;

/** A part of what a task printed. */
export interface OutputPart {
  readonly bytes: Uint8Array;
  /** Of all that there is so far. */
  readonly size: number;
  /** More may follow. */
  readonly open: boolean;
}

export interface OutputWanted {
  readonly task: number;
  /** Absent: the one that was committed, else the newest. */
  readonly attempt?: number;
  readonly stream: "stdout" | "stderr";
  readonly from: number;
  readonly most: number;
}

export interface ServedRun {
  view(): Promise<LiveView>;
  /** Told at once, and then whenever something may look different; as often as it happens. */
  watch(tell: (view: LiveView) => void, over: () => void): Unwatch;
  history(): Promise<History>;
  machines(): Promise<{ readonly machines: readonly MachineView[]; readonly gone: number }>;
  tasks(query: TasksQuery): Promise<TasksPage>;
  task(number: number): Promise<TaskView | undefined>;
  output(wanted: OutputWanted): Promise<OutputPart | undefined>;
  report(): Promise<SummaryDocument>;
  /** What another budget would buy, by the same planner; nothing is changed. */
  whatIf(budget: MicroUsd): Promise<OffersView>;
  choose(offer: OfferName): Promise<void>;
  cancel(how: "drain" | "now"): Promise<void>;
  pause(): Promise<void>;
  /** Goes on with a run that is paused, stopped, or short of a choice or of money. */
  resume(): Promise<void>;
  addBudget(amount: MicroUsd): Promise<void>;
  retryFailed(): Promise<void>;
}

export interface ServedRuns {
  list(): Promise<RunList>;
  /** Told whenever a line of the list may look different. */
  watch(tell: () => void): Unwatch;
  find(run: string): Promise<ServedRun | undefined>;
  /** Absent where this master carries out the one run it was begun for. */
  readonly submit?: (submission: Submission) => Promise<string>;
}
