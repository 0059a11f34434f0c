/** What a person asked about, and the story of it. */
import { TroubleError } from "@stint/shared/failures.js";
import type { TaskIndex } from "@stint/shared/ids.js";
import { printable } from "../../console/terminal/printable.js";
import type { Run } from "../../planner/run-state.js";
import type { OpenBag } from "../../store/open-bag.js";
import type { RunFolder } from "../../store/run-folder.js";
import { shownFolder } from "../known-run.js";
import type { Happened } from "./story.js";

export interface Explained {
  readonly run: Run;
  readonly folder: RunFolder;
  /** A line that names it. */
  readonly subject: string;
  readonly story: readonly Happened[];
}

export const commandSubject = (bag: OpenBag, task: TaskIndex): string =>
  `task ${String(task + 1)} (${printable(bag.idOf(task))}): ${printable(bag.commandOf(task))}`;

interface NotThere {
  readonly found: string;
  readonly expected: string;
  readonly hint: string;
}

export const notThere = (what: string, folder: RunFolder, words: NotThere): TroubleError =>
  new TroubleError({
    kind: "usage",
    code: `no-such-${what}`,
    where: shownFolder(folder),
    ...words,
  });
