/** What the attempts that the last record closed teach about runtimes. A failed attempt teaches none. */
import { between, inSeconds } from "@stint/shared/units.js";
import type { SampleRun } from "../sample/sample.js";
import { observeCensored, observeEnded, refreshModel, type Estimate } from "./estimate.js";

export interface EstimateRun extends SampleRun {
  readonly estimate: Estimate;
}

export function noteObservations(run: EstimateRun): void {
  for (const closed of run.closedAttempts) {
    const seconds = Math.max(0, inSeconds(between(closed.startedAt, closed.endedAt)));
    if (closed.outcome === "done" || closed.outcome === "spare") {
      const paired = run.sample.pairs.includes(closed.task);
      observeEnded(run.estimate, { cluster: closed.cluster, task: closed.task, seconds, paired });
    } else if (
      closed.outcome === "timeout" ||
      (closed.outcome === "cancelled" && closed.slot !== undefined)
    ) {
      observeCensored(run.estimate, closed.cluster, seconds);
    }
  }
  refreshModel(run.estimate);
}
