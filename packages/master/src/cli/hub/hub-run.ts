/** One run of a master, at work or at rest, as pages see it: whoever looks need not know which, and may see it change. */
import { statSync } from "node:fs";
import type { SummaryDocument } from "@stint/shared/api/summary.js";
import { TroubleError } from "@stint/shared/failures.js";
import type { ServedRun, Unwatch } from "../../console/web/runs-port.js";
import { unusable } from "../../store/file-trouble.js";
import type { RunFolder } from "../../store/run-folder.js";
import { addToRun } from "../add-to-run.js";
import { askThroughSocket } from "../control/asker.js";
import { findSocket } from "../control/socket-place.js";
import { isHeld } from "../known-run.js";
import { runAtRest, type RunAtRest, type RunLooks } from "./run-at-rest.js";
import { servedAtWork } from "../served/served-at-work.js";
import { summaryIn } from "./attend.js";
import type { Carriers } from "./carriers.js";
import type { Ledger } from "./ledger.js";
import { isGone } from "./order.js";

export interface HubRunParts {
  readonly folder: RunFolder;
  readonly ledger: Ledger;
  readonly carriers: Carriers;
  readonly rests: Rests;
  /** Told when the run may be another: begun, over, gone on with. */
  readonly onChange: (tell: () => void) => Unwatch;
}

export function hubRun(parts: HubRunParts): ServedRun {
  const { folder, ledger, carriers, rests } = parts;
  const run = folder.name;
  const atWork = servedAtWork(folder, askThroughSocket(folder));
  const isAtWork = (): boolean => findSocket(folder) !== undefined && isHeld(folder);
  const looks = (): RunLooks => (isAtWork() ? atWork : rests.of(folder));
  const goOn = async (...words: string[]): Promise<void> => {
    if (carriers.isAttended(run)) throw atWorkAlready(run);
    if (isGone(folder)) throw folderGone(folder);
    ledger.goOn(run);
    carriers.start(run, words);
    await carriers.settled(run);
  };
  return {
    view: async () => looks().view(),
    watch: (tell, over) => watch(parts, { isAtWork, atWork }, tell, over),
    history: async () => looks().history(),
    machines: async () => looks().machines(),
    tasks: async (query) => looks().tasks(query),
    task: async (number) => looks().task(number),
    output: async (wanted) => looks().output(wanted),
    // A receipt that is written need not be made again, and figures of all runs are asked for often.
    report: async () => (isAtWork() ? undefined : receiptOf(parts)) ?? looks().report(),
    whatIf: async (budget) => looks().whatIf(budget),
    choose: (offer) => (isAtWork() ? atWork.choose(offer) : goOn("--choose", offer)),
    cancel: (how) => (carriers.isInTrouble(run) && !isAtWork() ? carriers.giveUp(run) : atWork.cancel(how)),
    pause: () => atWork.pause(),
    resume: () => (isAtWork() ? atWork.resume() : goOn()),
    async addBudget(amount) {
      ledger.raise(run, amount);
      try {
        await addToRun(folder, amount);
      } catch (cause) {
        ledger.lower(run, amount);
        throw cause;
      }
    },
    async retryFailed() {
      if (isAtWork()) await atWork.retryFailed();
      else if ((await rests.of(folder).view()).failed_tasks.length === 0) throw nothingFailed(run);
      else await goOn("--retry-failed");
    },
  };
}

/** As its process left it. */
const receiptOf = ({ folder, ledger }: HubRunParts): SummaryDocument | undefined =>
  ledger.entry(folder.name)?.goes_on === false
    ? (summaryIn(folder) as SummaryDocument | undefined)
    : undefined;

interface AtWork {
  readonly isAtWork: () => boolean;
  readonly atWork: ServedRun;
}

/** Follows it from work to rest and back. */
function watch(
  { folder, rests, onChange }: HubRunParts,
  { isAtWork, atWork }: AtWork,
  ...[tell]: Parameters<ServedRun["watch"]>
): Unwatch {
  const left = new AbortController();
  const isLeft = (): boolean => left.signal.aborted;
  let unfollow: Unwatch | undefined;
  const look = async (): Promise<void> => {
    if (isLeft() || unfollow !== undefined) return;
    if (isAtWork()) {
      unfollow = atWork.watch(tell, () => {
        unfollow = undefined;
        setTimeout(() => void look(), LOOK_AGAIN_MS).unref();
      });
      return;
    }
    const view = await rests.of(folder).view();
    if (!isLeft()) tell(view);
  };
  const unwatch = onChange(() => void look().catch(() => undefined));
  void look().catch(() => undefined);
  return () => {
    left.abort();
    unwatch();
    unfollow?.();
  };
}

const LOOK_AGAIN_MS = 300;

/** Runs at rest that were looked at lately. */
export interface Rests {
  of(folder: RunFolder): RunLooks;
  close(): void;
}

const RESTS_KEPT_MOST = 4;

export function newRests(): Rests {
  const kept = new Map<string, { readonly bytes: number; readonly rest: RunAtRest }>();
  const drop = (path: string): void => {
    void kept.get(path)?.rest.close();
    kept.delete(path);
  };
  return {
    of(folder) {
      const { size: bytes } = statSync(folder.journal, { throwIfNoEntry: false }) ?? { size: 0 };
      const known = kept.get(folder.path);
      if (known?.bytes === bytes) return known.rest;
      drop(folder.path);
      const rest = runAtRest(folder);
      kept.set(folder.path, { bytes, rest });
      const [oldest] = kept.keys();
      if (kept.size > RESTS_KEPT_MOST && oldest !== undefined) drop(oldest);
      return rest;
    },
    close() {
      for (const path of [...kept.keys()]) drop(path);
    },
  };
}

const atWorkAlready = (run: string): TroubleError =>
  new TroubleError({
    kind: "usage",
    code: "run-is-at-work",
    where: run,
    found: "a run whose process is being started, or is about to end",
    expected: "a run that has ended",
    hint: "ask again in a moment",
  });

const folderGone = ({ name, path }: RunFolder): TroubleError =>
  unusable("folder-gone", {
    where: name,
    found: `no folder ${path}`,
    expected: "the run's folder",
    hint: "restore it from a copy, or cancel the run",
  });

const nothingFailed = (run: string): TroubleError =>
  new TroubleError({
    kind: "usage",
    code: "no-failed-tasks",
    where: run,
    found: "no task that failed for good",
    expected: "a run with failed tasks",
    hint: "stint report, for what came of them",
  });
