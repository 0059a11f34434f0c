/**
 * Where does an attempt write what its task declared? In a folder of its own, so that two attempts never meet; what
 * has won is put in place by the master. Here the folder is made, and an attempt that exits with 0 is held to what
 * its task declared.
 */
import { mkdirSync, rmSync } from "node:fs";
import { rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { succeeded, type AttemptEnding } from "@stint/shared/observation.js";
import { stagingFolder } from "@stint/shared/output-names.js";
import { isPathBelow, kindOfStaged, whyNotPlaced, whyNotTaken } from "@stint/shared/staged-outputs.js";
import type { TaskOrder } from "@stint/shared/wire/messages.js";

/** An attempt's own folder, and where what it writes there belongs. */
export interface DeclaredOutputs {
  readonly folder: string;
  readonly base: string;
  readonly outputs: readonly string[];
}

/**
 * Makes the folder, with the folders that the outputs lie in; undefined for a task that declares none.
 * @param base where the task runs
 */
export function stageOutputs(outFolder: string, order: TaskOrder, base: string): DeclaredOutputs | undefined {
  const { outputs } = order;
  if (outputs === undefined || outputs.length === 0) return undefined;
  const folder = stagingFolder(outFolder, order);
  for (const output of outputs) {
    const why = isPathBelow(output) ? whyNotPlaced(base, output) : whyNotTaken(folder, output);
    if (why !== undefined) throw new UnfitOutput(why);
  }
  // An earlier start of the same attempt, by an agent that is dead, may have left something.
  rmSync(folder, { recursive: true, force: true });
  for (const output of outputs) mkdirSync(dirname(join(folder, output)), { recursive: true });
  return { folder, base, outputs };
}

/** The task is not started: what it writes could not be put in place. */
export class UnfitOutput extends Error {
  override toString(): string {
    return this.message;
  }
}

/** What its ending comes to: an exit with 0 only counts when all is there that was declared. */
export function heldToOutputs(staged: DeclaredOutputs | undefined, ending: AttemptEnding): AttemptEnding {
  if (staged === undefined) return ending;
  const reason = succeeded(ending) ? whyNone(staged) : undefined;
  if (succeeded(ending) && reason === undefined) return ending;
  // Nobody waits for that; what cannot be removed is swept with the run.
  rm(staged.folder, { recursive: true, force: true }).catch(() => undefined);
  return reason === undefined ? ending : { kind: "no-output", reason };
}

function whyNone({ folder, base, outputs }: DeclaredOutputs): string | undefined {
  for (const output of outputs) {
    const why = whyNotTaken(folder, output) ?? whyNotPlaced(base, output, kindOfStaged(folder, output));
    if (why !== undefined) return why;
  }
  return undefined;
}
