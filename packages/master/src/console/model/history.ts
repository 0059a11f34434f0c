/** How a run came to where it is, as a document. */
import type { History } from "@stint/shared/api/history.js";
import { between, type Instant } from "@stint/shared/units.js";
import { secondsOf, stampOf, usd } from "../../planner/report/summary-words.js";
import { rowOf, type HistoryRow } from "./history-rows.js";
import { standing, type Shown } from "./shown.js";

/** Its last row is how the run stands now. */
export function historyDocument(shown: Shown): History {
  const { chronicle, name } = shown;
  const run = standing(shown);
  const kept = chronicle.rows();
  const now = rowOf(run);
  const rows = kept.at(-1)?.at === now.at ? [...kept.slice(0, -1), now] : [...kept, now];
  const sinceStart = (at: Instant): number => secondsOf(between(run.beganAt, at));
  const column = <T>(value: (row: HistoryRow) => T): T[] => rows.map(value);
  return {
    schema: 1,
    run: name,
    started_at: stampOf(run.beganAt),
    at_s: column(({ at }) => sinceStart(at)),
    done: column(({ done }) => done),
    failed: column(({ failed }) => failed),
    spent_usd: column(({ spent }) => usd(spent)),
    committed_usd: column(({ committed }) => usd(committed)),
    final_cost_p50_usd: column(({ finalCost }) => (finalCost === undefined ? null : usd(finalCost.p50))),
    final_cost_p90_usd: column(({ finalCost }) => (finalCost === undefined ? null : usd(finalCost.p90))),
    ends_p50_s: column(({ ends }) => (ends === undefined ? null : sinceStart(ends.p50))),
    ends_p90_s: column(({ ends }) => (ends === undefined ? null : sinceStart(ends.p90))),
    machines: Object.fromEntries(
      run.settings.clusters.map((cluster, index) => [
        cluster.name,
        column(({ machines }) => machines[index] ?? 0),
      ]),
    ),
    budget_usd: column(({ budget }) => (budget === undefined ? null : usd(budget))),
  };
}
