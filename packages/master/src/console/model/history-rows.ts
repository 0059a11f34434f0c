/**
 * How a run came to where it is, as rows: one whenever enough time has passed since the last. When there are as many as
 * are shown at most, every other goes, and from then on they come half as often.
 */
import { HISTORY_ROWS_MOST } from "@stint/shared/api/history.js";
import { after, between, seconds, type Duration, type Instant, type MicroUsd } from "@stint/shared/units.js";
import type { Audience } from "../../drive/ports.js";
import type { RunView } from "../../planner/view.js";
import { viewRun } from "../../planner/view-run.js";

type SeenRun = Parameters<Audience["seen"]>[1];

export interface HistoryRow {
  readonly at: Instant;
  readonly done: number;
  readonly failed: number;
  readonly spent: MicroUsd;
  readonly committed: MicroUsd;
  readonly finalCost?: RunView["finalCost"];
  /** The instant by which it ends, as it was forecast then. */
  readonly ends?: { readonly p50: Instant; readonly p90: Instant };
  /** That exist, booting ones included, in the order of the clusters. */
  readonly machines: readonly number[];
  readonly budget?: MicroUsd;
}

export interface HistoryRows {
  /** O(1) but for what makes a row, which is O(machines). */
  look(run: SeenRun): void;
  readonly rows: () => readonly HistoryRow[];
}

const FIRST_INTERVAL = seconds(0.25);
/** One more is made for the moment at which somebody looks. */
const KEPT_MOST = HISTORY_ROWS_MOST - 1;

export function rowsOfHistory(): HistoryRows {
  let rows: HistoryRow[] = [];
  let interval: Duration = FIRST_INTERVAL;
  return {
    rows: () => rows,
    look(run) {
      const last = rows.at(-1);
      if (last !== undefined && between(last.at, run.at) < interval && run.phase !== "ended") return;
      rows.push(rowOf(run));
      if (rows.length < KEPT_MOST) return;
      rows = rows.filter((_, place) => place % 2 === 0);
      interval = (interval * 2) as Duration;
    },
  };
}

/** How the run stands, as a row. O(machines). */
export function rowOf(run: SeenRun): HistoryRow {
  const { at, tasks, spent, committed, finalCost, timeLeft, clusters, budget } = viewRun(run);
  return {
    at,
    done: tasks.done,
    failed: tasks.failed + (tasks.quarantined ?? 0),
    spent,
    committed,
    ...(finalCost !== undefined && { finalCost }),
    ...(timeLeft !== undefined && { ends: { p50: after(at, timeLeft.p50), p90: after(at, timeLeft.p90) } }),
    machines: clusters.map(({ machines, booting }) => machines + booting),
    ...(budget !== undefined && { budget }),
  };
}
