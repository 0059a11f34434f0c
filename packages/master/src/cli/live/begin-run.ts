/**
 * Makes a new run's folder with all that another master would need, and nothing before the whole bag has been
 * read: a bad line leaves nothing behind.
 */
import { readdirSync, renameSync, rmdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Task } from "@stint/shared/bag/bag.js";
import type { Cluster } from "@stint/shared/cluster.js";
import { TroubleError } from "@stint/shared/failures.js";
import { processWith } from "@stint/shared/process-identity.js";
import { instant } from "@stint/shared/units.js";
import { newAnchor } from "../../drive/live-clock.js";
import { newRun, type Run } from "../../planner/run-state.js";
import type { RunSettings } from "../../planner/vocabulary/settings.js";
import { errorCode, usingFile } from "../../store/file-trouble.js";
import { createJournal } from "../../store/journal.js";
import { hasBegun } from "../../store/read-journal.js";
import { lockRun, type RunLock } from "../../store/lock-run.js";
import { makeFolders } from "../../store/make-folders.js";
import { openBag, type OpenBag } from "../../store/open-bag.js";
import type { JournalEnd } from "../../store/read-journal.js";
import { createRunFolder, furnishRunFolder, type RunFolder } from "../../store/run-folder.js";
import type { BagSeal } from "../../store/seal-bag.js";
import { writeBag } from "../../store/write-bag.js";
import { fitClusters, type Fitted, type Need } from "../input/fit-slots.js";
import { filesRead } from "../input/open-file.js";
import { keepEnvironment, keepRun, newBagId, newRunSecret, type Kept } from "./kept.js";
import type { BagWideWords, RunRequest } from "./requests.js";
import { refuseLosses } from "./result-places.js";

/** A run whose folder is held by this process; `end` is where its journal ends. */
export interface HeldRun {
  readonly folder: RunFolder;
  readonly lock: RunLock;
  readonly kept: Kept;
  readonly bag: OpenBag;
  readonly secret: Buffer;
  readonly run: Run;
  readonly end: JournalEnd;
}

/** A run that is new. */
export interface BegunRun extends HeldRun {
  /** Lines for the person: clusters on whose machines no task fits. */
  readonly leftOut: readonly string[];
}

export async function beginRun(request: RunRequest): Promise<BegunRun> {
  const reserved = request.folder === undefined ? undefined : takeReserved(request.folder);
  const { incoming, fitted, bagSeal } = await readWholeBag(request);
  const anchor = newAnchor();
  const at = instant(anchor.at_us);
  const folder = reserved?.folder ?? createRunFolder({ runs: request.runs, name: request.name, at });
  const lock = reserved?.lock ?? lockRun(folder);
  usingFile(folder.bag, "a run's parsed bag", () => renameSync(incoming, folder.bag));
  const kept: Kept = {
    bag: request.bag,
    bagId: newBagId(folder),
    bagSeals: [bagSeal],
    cwd: request.cwd,
    wide: request.wide,
    envNames: Object.keys(request.environment.named),
    anchor,
    results: request.results,
  };
  keepEnvironment(folder, request.environment);
  keepRun(folder, kept);
  const secret = newRunSecret(folder);
  const bag = openBag(folder.bag);
  const run = newRun(settingsOf(request, fitted.clusters, folder.name), bag.shape(request.wide), at);
  const end = createJournal(folder.journal);
  return { folder, lock, kept, bag, secret, run, end, leftOut: fitted.leftOut };
}

/** Held from before the bag is read: nobody else begins in it. What began and wrote down nothing is begun anew. */
function takeReserved(reserved: RunFolder): Pick<HeldRun, "folder" | "lock"> {
  const lock = lockRun(reserved);
  if (hasBegun(reserved)) throw alreadyBegun(reserved);
  rmSync(reserved.journal, { force: true });
  return { folder: furnishRunFolder(reserved), lock };
}

const alreadyBegun = ({ path }: RunFolder): TroubleError =>
  new TroubleError({
    kind: "usage",
    code: "already-begun",
    where: path,
    found: "a run that has begun",
    expected: "an empty folder for a new one",
    hint: "stint resume goes on with it",
  });

interface ReadBag {
  readonly incoming: string;
  readonly fitted: Fitted;
  readonly bagSeal: BagSeal;
}

/** In a file beside the runs; a folder of runs that was made for it goes again when the bag is bad. */
async function readWholeBag({ runs, tasks, clusters, wide, results }: RunRequest): Promise<ReadBag> {
  const incoming = join(runs, `.bag-${String(process.pid)}.jsonl`);
  const made = usingFile(runs, "a folder in which runs can be kept", () => makeFolders(runs));
  try {
    sweepBags(runs);
    const { first, seal } = await writeBag(incoming, tasks);
    refuseLosses(results, filesRead());
    return { incoming, fitted: fittedTo({ clusters, wide }, first), bagSeal: seal };
  } catch (cause) {
    rmSync(incoming, { force: true });
    if (made) removeEmpty(runs);
    throw cause;
  }
}

/** What was killed while it read its bag has left what it had read. Whoever still reads one is alive. */
function sweepBags(runs: string): void {
  usingFile(runs, "a folder in which runs can be kept", () => {
    for (const name of readdirSync(runs)) {
      const [, pid] = BAG_READ.exec(name) ?? [];
      if (pid !== undefined && processWith(Number(pid)) === undefined)
        rmSync(join(runs, name), { force: true });
    }
  });
}

/** The bag that a process has read, or is reading, in the folder of runs. */
const BAG_READ = /^\.{1,2}bag-(\d+)\.jsonl(?:\.[\da-f]+)?$/u;

/** Another run may begin in it at this moment; then it stays. */
function removeEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch (cause) {
    if (errorCode(cause) !== "ENOTEMPTY") throw cause;
  }
}

/** The clusters with as many slots as these tasks leave room for. */
export const fittedTo = (
  { clusters, wide }: Pick<RunRequest, "clusters" | "wide">,
  first: Task | undefined,
): Fitted => fitClusters(clusters, needOf(first, wide));

/** All tasks of a bag need the same, so the first one speaks for it. */
const needOf = (first: Task | undefined, { need = {} }: BagWideWords): Need => ({
  ...need,
  ...(first?.cpus !== undefined && { cpus: first.cpus }),
  ...(first?.memory !== undefined && { memory: first.memory }),
});

export const settingsOf = (request: RunRequest, clusters: readonly Cluster[], name: string): RunSettings => ({
  name,
  clusters,
  ...(request.budget !== undefined && { budget: request.budget }),
  seed: request.seed,
  review: request.review,
  wait: request.wait,
  strict: request.strict,
  ...(request.whenShort !== undefined && { whenShort: request.whenShort }),
  ...(request.halt !== undefined && { halt: request.halt }),
  ...(request.choose !== undefined && { choose: request.choose }),
  yes: request.yes,
  ...(request.planOnly === true && { planOnly: true as const }),
  without: [],
});
