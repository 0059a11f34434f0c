/** What is a run's state in one line, for a log file or a pipe? */
import { formatClock, formatCount } from "@stint/shared/format.js";
import { between } from "@stint/shared/units.js";
import type { RunView } from "../../planner/view.js";
import { printable } from "./printable.js";
import { phaseWords, totalWords } from "./run-words.js";

/** The time since the run began, where it stands and its totals; not cut, as nobody knows how wide a log is. */
export function plainLine(view: RunView, imagined?: string): string {
  const machines = view.clusters.reduce((sum, cluster) => sum + cluster.machines, 0);
  const words = [
    ...totalWords(view).map(({ amount, rest }) => amount + rest),
    `${formatCount(machines)} machine${machines === 1 ? "" : "s"}`,
  ];
  if (view.waitingFor !== undefined) words.push(`nothing runs: ${printable(view.waitingFor)}`);
  return timed(view, `${phaseWords(view)}: ${words.join(", ")}`, imagined);
}

/**
 * A line as all plain lines are: how long after the run's beginning, then the text.
 * @param imagined present where nothing of it is real: then each line says so
 */
export const timed = (view: Pick<RunView, "at" | "beganAt">, text: string, imagined?: string): string =>
  `[${formatClock(between(view.beganAt, view.at))}${imagined === undefined ? "" : " imagined"}] ${text}`;
