/** The documents that figures are taken from: of all runs that go on, and of those that ended last. */
import type { RunLine, RunList } from "@stint/shared/api/runs.js";
import type { SummaryDocument } from "@stint/shared/api/summary.js";
import type { Log } from "./log.js";
import type { MeasuredRun } from "./run-metrics.js";
import type { ServedRuns } from "./runs-port.js";

/** Newest first: a database of figures keeps each name it has ever seen. */
export const MEASURED_RUNS_MOST = 100;

export type MeasureRuns = () => Promise<{ readonly list: RunList; readonly runs: readonly MeasuredRun[] }>;

export function measuringRuns(runs: ServedRuns, log: Log): MeasureRuns {
  /** A receipt changes no more; one that goes on again has another end. */
  let receipts = new Map<string, SummaryDocument>();
  const measure = async (line: RunLine): Promise<MeasuredRun | undefined> => {
    const key = line.ended_at === null ? undefined : `${line.run} ${line.ended_at}`;
    const known = key === undefined ? undefined : receipts.get(key);
    if (known !== undefined) return { summary: known, view: undefined };
    try {
      const run = await runs.find(line.run);
      if (run === undefined) return undefined;
      const summary = await run.report();
      return { summary, view: summary.ended_at === null ? await run.view() : undefined };
    } catch (cause) {
      log.warn({ run: line.run, err: cause }, "a run could not be measured");
      return undefined;
    }
  };
  return async () => {
    const list = await runs.list();
    const measured = await Promise.all(list.runs.slice(0, MEASURED_RUNS_MOST).map(measure));
    const found = measured.filter((run) => run !== undefined);
    receipts = new Map(
      found.flatMap(({ summary }) =>
        summary.ended_at === null ? [] : [[`${summary.run} ${summary.ended_at}`, summary] as const],
      ),
    );
    return { list, runs: found };
  };
}
