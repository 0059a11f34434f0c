/**
 * What a page shows of a run beyond where it stands now: how it came here, what was decided, what failed first, which
 * machines went. Fed frame by frame, while it happens or from a journal; of bounded size however long the run.
 */
import { DECISIONS_SHOWN_MOST } from "@stint/shared/api/live-view.js";
import type { ClusterName, MachineId } from "@stint/shared/ids.js";
import { present } from "@stint/shared/invariant.js";
import type { Instant } from "@stint/shared/units.js";
import type { Audience, Closed } from "../../drive/ports.js";
import type { Frame } from "../../planner/records.js";
import { taskIsGivenUp } from "../../planner/view-task.js";
import { announcements, type Headline } from "../terminal/announce.js";
import { rowsOfHistory, type HistoryRow } from "./history-rows.js";

export type SeenRun = Parameters<Audience["seen"]>[1];

/** A machine that is gone. */
export interface GoneMachine {
  readonly machine: MachineId;
  readonly cluster: ClusterName;
  readonly rentedAt: Instant;
  readonly readyAt?: Instant;
  readonly goneAt: Instant;
  readonly paidUntil: Instant;
}

export interface Chronicle extends Audience {
  /** Ascending in time. */
  readonly rows: () => readonly HistoryRow[];
  /** Newest first. */
  readonly decisions: () => readonly { readonly at: Instant; readonly text: string }[];
  /** The first tasks that were given up, by index; some may have been asked for again since. */
  readonly failed: () => readonly number[];
  /** Those that went last, newest last, and how many went in all. */
  readonly gone: () => { readonly lately: readonly GoneMachine[]; readonly inAll: number };
}

const GONE_KEPT_MOST = 200;
const FAILED_KEPT_MOST = 10;

/** @param headline the planner's words for a decision */
export function newChronicle(headline: Headline): Chronicle {
  const history = rowsOfHistory();
  const decisions: { at: Instant; text: string }[] = [];
  const failed: number[] = [];
  const lately: GoneMachine[] = [];
  let inAll = 0;
  return {
    rows: () => history.rows(),
    decisions: () => decisions,
    failed: () => failed,
    gone: () => ({ lately, inAll }),
    seen(frame, run, closed) {
      history.look(run);
      for (const text of announcements(frame, run.settings.clusters, headline))
        decisions.unshift({ at: frame.event.at, text });
      decisions.splice(DECISIONS_SHOWN_MOST);
      noteFailed(failed, frame, run, closed);
      for (const machine of closed.machines) lately.push(goneMachine(machine, run));
      inAll += closed.machines.length;
      lately.splice(0, lately.length - GONE_KEPT_MOST);
    },
  };
}

function noteFailed(failed: number[], { event }: Frame, run: SeenRun, { attempts }: Closed): void {
  if (event.kind === "retry-asked") failed.length = 0;
  for (const { task } of attempts) {
    if (failed.length === FAILED_KEPT_MOST) return;
    if (taskIsGivenUp(run, task) && !failed.includes(task)) failed.push(task);
  }
}

function goneMachine(
  { machine, cluster, rentedAt, readyAt, releasedAt, billedTo }: Closed["machines"][number],
  { settings }: SeenRun,
): GoneMachine {
  const { name } = present(settings.clusters[cluster], "a machine is of a cluster of the run", { cluster });
  return {
    machine,
    cluster: name,
    rentedAt,
    ...(readyAt !== undefined && { readyAt }),
    goneAt: releasedAt,
    paidUntil: billedTo,
  };
}
