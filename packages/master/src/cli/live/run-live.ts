/** Runs a bag on this computer from its first event to its receipt. */
import { newChronicle } from "../../console/model/chronicle.js";
import { droppedLines } from "../../console/terminal/dropped-lines.js";
import { EXIT, type ExitCode } from "@stint/shared/failures.js";
import { headline } from "../../planner/headline.js";
import { beginRun } from "./begin-run.js";
import { openRunViews } from "./run-views.js";
import type { RunRequest } from "./requests.js";
import { seeThrough } from "./see-through.js";

export async function runLive(request: RunRequest): Promise<ExitCode> {
  const held = await beginRun(request);
  const { run } = held;
  const code = await seeThrough(held, {
    manner: request.manner,
    named: request.environment.named,
    notes: [
      ...request.notes,
      ...held.leftOut,
      ...droppedLines(request.environment.dropped, process.stderr.columns),
    ],
    sessions: new Map(),
    views: openRunViews(held.folder, held.bag, held.kept),
    chronicle: newChronicle(headline),
    begin: ({ deliver, now }) =>
      deliver({
        kind: "run-began",
        at: now(),
        settings: run.settings,
        bagSize: run.shape.size,
        bagId: held.kept.bagId,
      }),
  });
  // Nobody was to choose: the offers are what was asked for.
  return request.planOnly === true && code === EXIT.choiceNeeded ? EXIT.done : code;
}
