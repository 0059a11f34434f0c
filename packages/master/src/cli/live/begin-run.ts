/**
 * Makes a new run's folder with all that another master would need, and nothing before the whole bag has been
 * read: a bad line leaves nothing behind.
 */
import { mkdirSync, renameSync, rmdirSync } from "node:fs";
import { join } from "node:path";
import { instant } from "@stint/shared/units.js";
import { newAnchor } from "../../drive/live-clock.js";
import { newRun, type Run } from "../../planner/run-state.js";
import type { RunSettings } from "../../planner/vocabulary/settings.js";
import { usingFile } from "../../store/file-trouble.js";
import { createJournal } from "../../store/journal.js";
import { lockRun, type RunLock } from "../../store/lock-run.js";
import { openBag, type OpenBag } from "../../store/open-bag.js";
import type { JournalEnd } from "../../store/read-journal.js";
import { createRunFolder, type RunFolder } from "../../store/run-folder.js";
import { writeBag } from "../../store/write-bag.js";
import { keepEnvironment, keepRun, newBagId, newRunSecret, type Kept } from "./kept.js";
import type { RunRequest } from "./requests.js";

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

export async function beginRun(request: RunRequest): Promise<HeldRun> {
  const incoming = await readWholeBag(request);
  const anchor = newAnchor();
  const at = instant(anchor.at_us);
  const folder = createRunFolder({ runs: request.runs, name: request.name, at });
  const lock = lockRun(folder);
  renameSync(incoming, folder.bag);
  const kept: Kept = {
    bag: request.bag,
    bagId: newBagId(folder),
    cwd: request.cwd,
    wide: request.wide,
    envNames: Object.keys(request.environment.named),
    anchor,
  };
  keepEnvironment(folder, request.environment);
  keepRun(folder, kept);
  const secret = newRunSecret(folder);
  const bag = openBag(folder.bag);
  const run = newRun(settingsOf(request, folder), bag.shape(request.wide), at);
  return { folder, lock, kept, bag, secret, run, end: createJournal(folder.journal) };
}

/** In a file beside the runs; a folder of runs that was made for it goes again when the bag is bad. */
async function readWholeBag({ runs, tasks }: RunRequest): Promise<string> {
  const incoming = join(runs, `.bag-${String(process.pid)}.jsonl`);
  const made = usingFile(runs, "a folder in which runs can be kept", () =>
    mkdirSync(runs, { recursive: true }),
  );
  try {
    await writeBag(incoming, tasks);
  } catch (cause) {
    if (made !== undefined) rmdirSync(runs);
    throw cause;
  }
  return incoming;
}

const settingsOf = (request: RunRequest, folder: RunFolder): RunSettings => ({
  name: folder.name,
  clusters: request.clusters,
  ...(request.budget !== undefined && { budget: request.budget }),
  seed: request.seed,
  review: request.review,
  wait: request.wait,
  strict: request.strict,
  ...(request.whenShort !== undefined && { whenShort: request.whenShort }),
  ...(request.choose !== undefined && { choose: request.choose }),
  yes: request.yes,
  without: [],
});
