/** A run nobody works on, as its journal tells it: looked at as one at work is. */
import type { ServedRun } from "../../console/web/runs-port.js";
import { newChronicle } from "../../console/model/chronicle.js";
import { newThinker } from "../../drive/think.js";
import { headline } from "../../planner/headline.js";
import type { RunFolder } from "../../store/run-folder.js";
import { failureTally } from "../failures/failure-tally.js";
import { keptRun } from "../live/kept.js";
import { summaryOf } from "../live/outcome.js";
import { lookedAt } from "../looks/looked-at.js";
import { outputPart, taskView } from "../looks/task-views.js";
import { replayRun } from "../replay/replay-run.js";

/** What may be looked at. */
export type RunLooks = Pick<
  ServedRun,
  "view" | "history" | "machines" | "tasks" | "task" | "output" | "report" | "whatIf"
>;

export interface RunAtRest extends RunLooks {
  close(): Promise<void>;
}

/** O(journal). */
export function runAtRest(folder: RunFolder): RunAtRest {
  const kept = keptRun(folder);
  const chronicle = newChronicle(headline);
  const tally = failureTally();
  const { run, bag } = replayRun(folder, kept, () => (frame, seen, closed) => {
    chronicle.seen(frame, seen, closed);
    tally.seen(frame, seen, closed);
  });
  const thinker = newThinker();
  const names = { run: folder.name, bag: kept.bag };
  const looked = lookedAt({ run, chronicle, bag, names, now: () => run.at, thinker });
  return {
    view: () => Promise.resolve(looked.view()),
    history: () => Promise.resolve(looked.history()),
    machines: () => Promise.resolve(looked.machines()),
    tasks: (query) => looked.tasks(query),
    task(number) {
      const standing = looked.task(number);
      return standing === null ? Promise.resolve(undefined) : taskView(folder, standing);
    },
    output(wanted) {
      const standing = looked.task(wanted.task);
      return standing === null ? Promise.resolve(undefined) : outputPart(folder, standing, wanted);
    },
    report: () =>
      Promise.resolve(
        summaryOf(run, { ...names, failures: tally.groups(run, folder.out) }) as Awaited<
          ReturnType<ServedRun["report"]>
        >,
      ),
    whatIf: (budget) => looked.whatIf(budget),
    async close() {
      bag.close();
      await thinker.close();
    },
  };
}
