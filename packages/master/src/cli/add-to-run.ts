/**
 * More money for a run. A master at work is told, and plans anew at once; where nobody works on it, the budget changes and
 * nothing else: what to do with it is decided when the run is resumed.
 */
import { setTimeout as later } from "node:timers/promises";
import { TroubleError } from "@stint/shared/failures.js";
import type { MicroUsd } from "@stint/shared/units.js";
import { applyFrame } from "../planner/decide.js";
import type { Frame } from "../planner/records.js";
import type { Run } from "../planner/run-state.js";
import { fileTrouble } from "../store/file-trouble.js";
import { openJournal } from "../store/journal.js";
import { lockRun, type RunLock } from "../store/lock-run.js";
import type { JournalEnd } from "../store/read-journal.js";
import type { RunFolder } from "../store/run-folder.js";
import { writeAtomically } from "../store/write-atomically.js";
import { askMaster } from "./control/ask-master.js";
import { failureTally } from "./failures/failure-tally.js";
import { shownFolder } from "./known-run.js";
import { keptRun } from "./live/kept.js";
import { summaryOf } from "./live/outcome.js";
import { replayRun } from "./replay/replay-run.js";
import { withoutBudget } from "./without-budget.js";

/** The run as it then is; undefined where its master was told. */
export async function addToRun(folder: RunFolder, amount: MicroUsd): Promise<Run | undefined> {
  const lock = await toldOrLocked(folder, amount);
  if (lock === "told") return undefined;
  try {
    const kept = keptRun(folder);
    const tally = failureTally();
    const { run, end, bag } = replayRun(
      folder,
      kept,
      () => (frame, seen, closed) => tally.seen(frame, seen, closed),
    );
    bag.close();
    refuseWithoutBudget(run, folder);
    const frame = budgetAdded(run, amount);
    await writeDown(folder, end, frame);
    applyFrame(run, frame);
    const summary = summaryOf(run, {
      run: folder.name,
      bag: kept.bag,
      failures: tally.groups(run, folder.out),
    });
    writeAtomically(folder.summary, `${JSON.stringify(summary, undefined, 2)}\n`);
    return run;
  } finally {
    lock.release();
  }
}

/**
 * At the run's last instant, not at this one: the run's timeline stands still while nobody works on it, and goes
 * on from there.
 */
const budgetAdded = (run: Run, amount: MicroUsd): Frame => ({
  event: { kind: "budget-added", at: run.at, amount },
  decisions: [],
});

const LOOK_AGAIN_MS = 50;
/** Whoever holds a run that long without being reachable is no other `budget add`. */
const WAIT_MOST_MS = 5_000;

/** Others who add at this moment hold the run for a moment; a master that begins meanwhile is told. */
async function toldOrLocked(folder: RunFolder, amount: MicroUsd): Promise<RunLock | "told"> {
  const end = Date.now() + WAIT_MOST_MS;
  for (;;) {
    const told = await askMaster(folder, { ask: "budget-add", amount_micro_usd: amount });
    if (told !== undefined) return "told";
    const lock = lockUnheld(folder, Date.now() >= end);
    if (lock !== undefined) return lock;
    await later(LOOK_AGAIN_MS);
  }
}

/** @param last whether to refuse, and not to look again */
function lockUnheld(folder: RunFolder, last: boolean): RunLock | undefined {
  try {
    return lockRun(folder);
  } catch (cause) {
    if (!(cause instanceof TroubleError) || cause.trouble.code !== "run-is-held") throw cause;
    if (!last) return undefined;
    throw new TroubleError({
      ...cause.trouble,
      expected: "a run that nobody works on, or whose master can be reached through its control socket",
      hint: `stop it first (Ctrl-C, or SIGTERM to that process); then add, and stint resume ${shownFolder(folder)}`,
    });
  }
}

function refuseWithoutBudget(run: Run, folder: RunFolder): void {
  if (run.money.budget !== undefined) return;
  throw new TroubleError(withoutBudget(shownFolder(folder)));
}

function writeDown({ journal: path }: RunFolder, end: JournalEnd, frame: Frame): Promise<void> {
  return new Promise((resolve, reject) => {
    const journal = openJournal(path, end, ({ cause }) =>
      reject(fileTrouble(path, "a journal that can be written", cause)),
    );
    journal.append(frame, () => {
      journal.close().then(resolve, reject);
    });
  });
}
