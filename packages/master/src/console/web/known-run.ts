/** The run and the task that an address names, or that there is none. */
import { runName } from "@stint/shared/api/runs.js";
import type { Call } from "./operation.js";
import { notFound } from "./refused.js";
import type { ServedRun, ServedRuns } from "./runs-port.js";

/** Seven digits more than the largest bag has. */
const TASK = /^[1-9]\d{0,9}$/u;

/** A name that could lead out of a folder is no run's, whoever looks for it. */
export const isRunName = (name: string): boolean =>
  runName.safeParse(name).success && name !== "." && name !== "..";

export async function knownRun(runs: ServedRuns, { named }: Pick<Call, "named">): Promise<ServedRun> {
  const name = named["run"] ?? "";
  const run = isRunName(name) ? await runs.find(name) : undefined;
  if (run === undefined) throw notFound("the run", "a name that /api/v1/runs tells");
  return run;
}

export function knownTask({ named }: Pick<Call, "named">): number {
  const number = named["task"] ?? "";
  if (TASK.test(number)) return Number(number);
  throw notFound("the task", "a task's number, from 1");
}
