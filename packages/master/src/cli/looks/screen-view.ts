/** A run as live screens show it: where it stands, and for those with the room what runs and what was decided lately. */
import type { Chronicle } from "../../console/model/chronicle.js";
import type { Run } from "../../planner/run-state.js";
import type { RunView } from "../../planner/view.js";
import { viewRun } from "../../planner/view-run.js";
import { viewRunning } from "../../planner/view-running.js";

const RUNNING_MOST = 24;
const DECISIONS_MOST = 16;

/** O(machines). */
export const screenView = (run: Run, chronicle: Pick<Chronicle, "decisions">): RunView => ({
  ...viewRun(run),
  running: viewRunning(run, RUNNING_MOST),
  decisions: chronicle.decisions().slice(0, DECISIONS_MOST),
});
