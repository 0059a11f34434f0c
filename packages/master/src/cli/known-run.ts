/** Which run does a verb look at, and where does it stand? For verbs that change nothing but perhaps its money. */
import { shownPath } from "../console/terminal/shown-path.js";
import { livingHolder } from "../store/pid-file.js";
import type { OpenBag } from "../store/open-bag.js";
import type { RunFolder } from "../store/run-folder.js";
import { findKnownRun } from "./hub/find-known-run.js";
import { keptRun, type Kept } from "./live/kept.js";
import { replayRun, type Replayed, type SeenFrame } from "./replay/replay-run.js";

/** The words of every verb that looks at a run. */
export interface LookFlags {
  readonly run?: string | undefined;
  readonly runs: string;
  readonly json?: true | undefined;
}

export interface KnownRun extends Omit<Replayed, "sessions"> {
  readonly folder: RunFolder;
  readonly kept: Kept;
}

/**
 * @param seen told of each frame on the way
 * @param first told which bag it is before the first frame
 */
export function lookAtRun(
  flags: LookFlags,
  seen: SeenFrame = () => undefined,
  first: (bag: OpenBag, folder: RunFolder) => void = () => undefined,
): KnownRun {
  const folder = findKnownRun(flags.run, flags.runs);
  const kept = keptRun(folder);
  const replayed = replayRun(folder, kept, (bag) => {
    first(bag, folder);
    return seen;
  });
  return { folder, kept, ...replayed };
}

/** Is a master at work on it at this moment? */
export const isHeld = ({ lock }: RunFolder): boolean =>
  livingHolder(lock) !== undefined || livingHolder(`${lock}.pid`) !== undefined;

/** The folder as a person would type it from here. */
export const shownFolder = ({ path }: RunFolder): string => shownPath(path);

/** The one document of a verb called with `--json`. */
export const printDocument = (document: unknown): void => {
  process.stdout.write(`${JSON.stringify(document, undefined, 2)}\n`);
};

export const printLines = (lines: readonly string[]): void => {
  process.stdout.write(lines.map((line) => `${line}\n`).join(""));
};
