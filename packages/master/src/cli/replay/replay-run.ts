/**
 * Where does a run stand? Applies every frame of its journal and decides nothing: what was decided is recorded.
 * What is shown on the way is what an audience saw while it happened.
 */
import { printable } from "../../console/terminal/printable.js";
import type { MachineId } from "@stint/shared/ids.js";
import { closedBy } from "../../drive/drive.js";
import type { Closed } from "../../drive/ports.js";
import { applyFrame } from "../../planner/decide.js";
import type { Frame, RunBegan, RunEvent } from "../../planner/records.js";
import { newRun, type Run } from "../../planner/run-state.js";
import { unusable } from "../../store/file-trouble.js";
import { openBag, type BagWide, type OpenBag } from "../../store/open-bag.js";
import { replayJournal, type JournalEnd } from "../../store/read-journal.js";
import type { RunFolder } from "../../store/run-folder.js";

export interface Replayed {
  readonly run: Run;
  /** Where the journal ends: what a writer needs to go on. */
  readonly end: JournalEnd;
  /** Hash of the session secret of each machine that may still exist, as the journal has it. */
  readonly sessions: ReadonlyMap<MachineId, string>;
  /** Open; whoever asked closes it. */
  readonly bag: OpenBag;
}

/** Called after each frame was applied. */
export type SeenFrame = (frame: Frame, run: Run, closed: Closed) => void;

/** What run.json says: the bag-wide words of the first call, and which run it is. */
export interface KeptWords {
  readonly wide: BagWide;
  readonly bagId: string;
}

/**
 * @param seen told which bag it is before the first frame, as views need its tasks
 */
export function replayRun(
  folder: RunFolder,
  kept: KeptWords,
  seen: (bag: OpenBag) => SeenFrame = () => () => undefined,
): Replayed {
  const bag = openBag(folder.bag);
  try {
    const sessions = new Map<MachineId, string>();
    const show = seen(bag);
    let run: Run | undefined;
    const end = replayJournal(folder.journal, (frame) => {
      run ??= beginning(folder, frame.event, bag, kept);
      if (frame.event.kind === "resumed") refuseShorter(folder, bag, frame.event.bagSize ?? 0);
      applyFrame(run, frame);
      noteSession(sessions, frame.event);
      show(frame, run, closedBy(run));
    });
    if (run === undefined) throw neverBegan(folder);
    return { run, end, sessions, bag };
  } catch (cause) {
    bag.close();
    throw cause;
  }
}

function beginning(folder: RunFolder, first: RunEvent, bag: OpenBag, { wide, bagId }: KeptWords): Run {
  const began = beganBy(folder, first, bagId);
  refuseShorter(folder, bag, began.bagSize);
  return newRun(began.settings, { ...bag.shape(wide), size: began.bagSize }, began.at);
}

/** Tasks beyond those of the journal are about to be taken in: the bag is written first. */
function refuseShorter(folder: RunFolder, bag: OpenBag, bagSize: number): void {
  if (bag.size >= bagSize) return;
  throw unusable("bag-differs", {
    where: folder.bag,
    found: `${String(bag.size)} tasks`,
    expected: `the ${String(bagSize)} tasks that the run has`,
    hint: "restore the bag from a copy of the run's folder",
  });
}

/**
 * The event that a journal must begin with.
 * @param bagId of the run in whose folder it lies
 */
export function beganBy({ journal }: Pick<RunFolder, "journal">, first: RunEvent, bagId: string): RunBegan {
  if (first.kind === "run-began") {
    if (first.bagId === undefined || first.bagId === bagId) return first;
    throw unusable("journal-of-another-run", {
      where: journal,
      found: `the journal of another run: ${printable(first.bagId)}`,
      expected: `that of the run whose folder it is: ${printable(bagId)}`,
      hint: "put journal and run.json of one and the same run back from a copy; stint does not guess at what was done",
    });
  }
  throw unusable("journal-without-beginning", {
    where: journal,
    found: `a first event of the kind ${first.kind}`,
    expected: "run-began",
    hint: "restore the journal from a copy of the run's folder",
  });
}

/** A master that was ended at once leaves an empty journal; nothing was rented, and no task was started. */
export const neverBegan = ({ journal }: Pick<RunFolder, "journal">): Error =>
  unusable("run-never-began", {
    where: journal,
    found: "no event: the run was ended before its first one was written down",
    expected: "a run that has begun",
    hint: "nothing was started or paid for; begin it again with: stint run BAG",
  });

function noteSession(sessions: Map<MachineId, string>, event: RunEvent): void {
  if (event.kind === "machine-ready" && event.session !== undefined)
    sessions.set(event.machine, event.session);
  if (event.kind === "machine-gone" || event.kind === "machine-launch-failed") sessions.delete(event.machine);
}
