/**
 * What a run leaves for others beside its journal: joblog.tsv, attempts.csv and machines.csv, made from its frames and
 * begun anew by each master, and the outputs that tasks have declared, each in its place.
 */
import type { Audience } from "../../drive/ports.js";
import { keepOutputs } from "../../store/keep-outputs.js";
import type { OpenBag } from "../../store/open-bag.js";
import type { RunFolder } from "../../store/run-folder.js";
import { openViews } from "../../store/views.js";

export interface RunViews extends Audience {
  /** As `seen`, of what happened under an earlier master. */
  readonly seenBefore: Audience["seen"];
  /** Resolves when every output is in its place, with a line for each task of which one is not. */
  settled(ended: boolean): Promise<readonly string[]>;
  close(): void;
}

/** @param cwd where the bag was submitted */
export function openRunViews(folder: RunFolder, bag: OpenBag, cwd: string): RunViews {
  const views = openViews(
    { joblog: folder.joblog, attempts: folder.attempts, machines: folder.machines },
    { truncate: true, tasks: bag, onTrouble: () => undefined },
  );
  const outputs = keepOutputs({ bag, out: folder.out, cwd });
  return {
    seen(frame, run, closed) {
      views.seen(frame, run, closed);
      outputs.seen(frame, run, closed);
    },
    seenBefore(frame, run, closed) {
      views.seen(frame, run, closed);
      outputs.seenBefore(closed);
    },
    settled: (ended) => outputs.settled(ended),
    close: () => views.close(),
  };
}
