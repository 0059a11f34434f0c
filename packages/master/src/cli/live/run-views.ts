/**
 * What a run leaves for others beside its journal: joblog.tsv, attempts.csv and machines.csv, made from its frames and
 * begun anew by each master; results where they were asked for; outputs that tasks have declared, each in its place.
 */
import type { Audience } from "../../drive/ports.js";
import type { SummaryFailures } from "../../planner/report/summary.js";
import type { Run } from "../../planner/run-state.js";
import { keepOutputs } from "../../store/keep-outputs.js";
import type { OpenBag } from "../../store/open-bag.js";
import type { RunFolder } from "../../store/run-folder.js";
import { openViews } from "../../store/views.js";
import { failureTally } from "../failures/failure-tally.js";
import type { Kept } from "./kept.js";
import { openTaskResults } from "./task-results.js";

export interface RunViews extends Audience {
  /** As `seen`, of what happened under an earlier master. */
  readonly seenBefore: Audience["seen"];
  /** Resolves when every output is in its place, with a line for each that is not, or result that is not written. */
  settled(ended: boolean): Promise<readonly string[]>;
  /** Why tasks failed. */
  failures(run: Pick<Run, "attempts">): SummaryFailures;
  close(): void;
}

export function openRunViews(
  folder: RunFolder,
  bag: OpenBag,
  { cwd, results: places }: Pick<Kept, "cwd" | "results">,
): RunViews {
  const views = openViews(
    { joblog: folder.joblog, attempts: folder.attempts, machines: folder.machines },
    { truncate: true, tasks: bag, onTrouble: () => undefined },
  );
  const outputs = keepOutputs({ bag, out: folder.out, cwd });
  const results = openTaskResults(places, folder, bag);
  const tally = failureTally();
  return {
    failures: (run) => tally.groups(run, folder.out),
    seen(frame, run, closed) {
      tally.seen(frame, run, closed);
      views.seen(frame, run, closed);
      outputs.seen(frame, run, closed);
      results.seen(frame, run, closed);
    },
    seenBefore(frame, run, closed) {
      tally.seen(frame, run, closed);
      views.seen(frame, run, closed);
      outputs.seenBefore(closed);
      results.seenBefore(frame, run, closed);
    },
    async settled(ended) {
      return [...(await outputs.settled(ended)), ...results.troubles()];
    },
    close() {
      views.close();
      results.close();
    },
  };
}
