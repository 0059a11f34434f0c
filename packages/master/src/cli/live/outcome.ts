/** How a run that is over is reported: its summary in the folder, its receipt to the person, its exit code. */
import { EXIT, type ExitCode } from "@stint/shared/failures.js";
import { unreachable } from "@stint/shared/invariant.js";
import { summarise } from "../../planner/report/summarise.js";
import { reasonText, type AnyBecause } from "../../planner/reasons.js";
import type { Summary, SummaryFailures } from "../../planner/report/summary.js";
import type { Run } from "../../planner/run-state.js";
import type { EndState } from "../../planner/vocabulary/phase.js";

/** Budget too low reads 5 before an offer was accepted, as nothing but the sample was bought, or where no task began; 6 after it. */
export const exitCodeOfRun = ({ endState, offer, attempts }: Run): ExitCode =>
  exitCodeOf(endState ?? "stopped", offer.acceptedAt !== undefined && attempts.ended.total > 0);

/** The same, as another process knows the run. */
export const exitCodeOfSummary = ({ state, accepted_at, attempts }: Summary): ExitCode =>
  exitCodeOf(state === "running" ? "stopped" : state, accepted_at !== null && attempts.total > 0);

function exitCodeOf(state: EndState, accepted: boolean): ExitCode {
  switch (state) {
    case "done":
      return EXIT.done;
    case "failed-tasks":
      return EXIT.tasksFailed;
    case "needs-choice":
      return EXIT.choiceNeeded;
    case "budget-too-low":
      return accepted ? EXIT.stoppedByBudget : EXIT.budgetBuysNothing;
    case "stopped":
      return EXIT.interrupted;
    default:
      return unreachable(state);
  }
}

/** @param names with why tasks failed, where that was looked for */
export const summaryOf = (
  run: Run,
  names: { readonly run: string; readonly bag: string; readonly failures?: SummaryFailures },
): Summary => summarise(run, { ...names, state: run.endState ?? "running", ...becauseOf(run) });

const becauseOf = ({ endState, stopping }: Run): { readonly because?: string } =>
  endState === undefined || stopping === undefined
    ? {}
    : { because: reasonText(stopping.because as AnyBecause) };
