/**
 * Which run does a person mean? One of the folder of runs here, or else one of the long-lived master's home, by its
 * folder's name or by the end of it that is the run's own.
 */
import { existsSync, readdirSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { TroubleError } from "@stint/shared/failures.js";
import { filesOf, findRun, type RunFolder } from "../../store/run-folder.js";
import { askHub, hubAt, type AskedHub } from "./ask-hub.js";
import { homeAt, type Home } from "./home.js";

/** Refused as {@link findRun} does, where neither knows it. */
export function findKnownRun(text: string | undefined, runs?: string): RunFolder {
  try {
    return findRun(text, runs);
  } catch (cause) {
    const known = text !== undefined && isUnknown(cause) ? inHome(text, homeAt()) : undefined;
    if (known === undefined) throw cause;
    return findRun(known);
  }
}

const isUnknown = (cause: unknown): boolean =>
  cause instanceof TroubleError && cause.trouble.code === "no-such-run";

/** The newest one of that name. */
function inHome(name: string, { runs }: Home): string | undefined {
  if (!existsSync(runs) || name.includes("/")) return undefined;
  const named = readdirSync(runs)
    .filter((folder) => folder === name || ownName(folder) === name)
    .filter((folder) => existsSync(filesOf(join(runs, folder)).journal))
    .sort();
  const newest = named.at(-1);
  return newest === undefined ? undefined : join(runs, newest);
}

/** Without the time at which it was begun. */
const ownName = (folder: string): string => folder.replace(/^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-/u, "");

/**
 * The master whose run it is: what makes a run spend more must be asked of it, as it keeps the budget over all. Undefined
 * for a run that is no long-lived master's; refused where that master is not at work.
 */
export function masterOf({ path }: Pick<RunFolder, "path">): AskedHub | undefined {
  const home = homeAt(dirname(dirname(path)));
  if (!existsSync(home.registry) || realpathSync(home.runs) !== dirname(path)) return undefined;
  return askHub(home) ?? hubAt(home);
}
