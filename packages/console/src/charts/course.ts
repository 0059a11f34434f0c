/** What is drawn of a run over time: its history, and the live view as its newest row. Instants are in seconds. */
import type { History } from "@stint/shared/api/history.js";
import type { LiveView } from "@stint/shared/api/live-view.js";
import type { Spread } from "../words/money.js";

export interface Course {
  readonly start: number;
  /** The newest row's instant. */
  readonly now: number;
  readonly x: readonly number[];
  readonly done: readonly number[];
  readonly failed: readonly number[];
  readonly spent: readonly number[];
  readonly committed: readonly number[];
  /** When the run ends, as forecast in that row; beside `x`. */
  readonly ends: readonly (Spread | undefined)[];
  readonly finalCost: readonly (Spread | undefined)[];
}

export function courseOf(history: History, view: LiveView | undefined): Course {
  const start = Date.parse(history.started_at) / 1_000;
  const past: Course = {
    start,
    now: start + (history.at_s.at(-1) ?? 0),
    x: history.at_s.map((at) => start + at),
    done: history.done,
    failed: history.failed,
    spent: history.spent_usd,
    committed: history.committed_usd,
    ends: spreads(history.ends_p50_s, history.ends_p90_s, start),
    finalCost: spreads(history.final_cost_p50_usd, history.final_cost_p90_usd, 0),
  };
  return view === undefined ? past : withNow(past, view);
}

function withNow(past: Course, view: LiveView): Course {
  const now = Date.parse(view.ended_at ?? view.at) / 1_000;
  // A view that is older than the newest row adds nothing.
  if (now <= past.now) return past;
  const ends = view.time_left_s;
  return {
    start: past.start,
    now,
    x: [...past.x, now],
    done: [...past.done, view.tasks.done],
    failed: [...past.failed, view.tasks.failed + view.tasks.quarantined],
    spent: [...past.spent, view.spent_usd],
    committed: [...past.committed, view.committed_usd],
    ends: [...past.ends, ends === null ? undefined : { p50: now + ends.p50, p90: now + ends.p90 }],
    finalCost: [...past.finalCost, view.final_cost_usd ?? undefined],
  };
}

const spreads = (
  p50: readonly (number | null)[],
  p90: readonly (number | null)[],
  zero: number,
): (Spread | undefined)[] =>
  p50.map((low, row) => {
    const high = p90[row];
    return low === null || high == null ? undefined : { p50: zero + low, p90: zero + high };
  });

/** The value of a column at an instant, between its rows. */
export function valueAt({ x }: Course, column: readonly number[], at: number): number {
  const next = x.findIndex((one) => one >= at);
  if (next === -1) return column.at(-1) ?? 0;
  const [x1 = at, y1 = 0] = [x[next], column[next]];
  const [x0 = x1, y0 = y1] = [x[next - 1], column[next - 1]];
  return x1 === x0 ? y1 : y0 + ((y1 - y0) * (at - x0)) / (x1 - x0);
}

/** At most so many rows of the past, evenly spread, that have a forecast. */
export function earlierForecasts({ ends }: Course, most: number): number[] {
  const rows = ends.flatMap((end, row) => (end === undefined || row === ends.length - 1 ? [] : [row]));
  const step = Math.max(1, Math.ceil(rows.length / most));
  return rows.filter((_, place) => place % step === 0);
}
