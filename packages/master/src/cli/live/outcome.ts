/** How a run that is over is reported: its summary in the folder, its receipt to the person, its exit code. */
import { EXIT, type ExitCode } from "@stint/shared/failures.js";
import { unreachable } from "@stint/shared/invariant.js";
import { summarise } from "../../planner/report/summarise.js";
import type { Summary } from "../../planner/report/summary.js";
import type { Run } from "../../planner/run-state.js";

/** Budget too low reads 5 before an offer was accepted, as nothing but the sample was bought, and 6 after it. */
export function exitCodeOfRun(run: Run): ExitCode {
  const { endState } = run;
  switch (endState) {
    case "done":
      return EXIT.done;
    case "failed-tasks":
      return EXIT.tasksFailed;
    case "needs-choice":
      return EXIT.choiceNeeded;
    case "budget-too-low":
      return run.offer.acceptedAt === undefined ? EXIT.budgetBuysNothing : EXIT.stoppedByBudget;
    case "stopped":
    case undefined:
      return EXIT.interrupted;
    default:
      return unreachable(endState);
  }
}

export const summaryOf = (run: Run, names: { readonly run: string; readonly bag: string }): Summary =>
  summarise(run, { ...names, state: run.endState ?? "running" });
