/** How trouble outside reads while a run goes on. */
import { formatCount } from "@stint/shared/format.js";
import type { TroubleError } from "@stint/shared/failures.js";
import { unreachable } from "@stint/shared/invariant.js";
import { shellWord } from "../../console/terminal/shell-word.js";
import type { FileSystem } from "../../store/file-system.js";
import type { JournalTrouble } from "../../store/journal.js";
import { systemWords, unusable } from "../../store/file-trouble.js";

export const journalTroubleText = (path: string, { step, cause, waiting }: JournalTrouble): string =>
  `${path}: ${step} failed (${systemWords(cause)}). ${formatCount(waiting)} records wait in memory; ` +
  "nothing new is started until they are on disk. Trying again each second.";

/** Why a master that was told twice to stop goes although its last records are in memory alone. */
export const leftUnwritten = (journal: string, folder: string): TroubleError =>
  unusable("journal-stuck", {
    where: journal,
    found: "a disk that does not take the last records: the run is left as it stands on it",
    expected: "room for the journal",
    hint: `make room, then: stint resume ${shellWord(folder)} (until then agents work on, and end with what is paid)`,
  });

/** What a run's folder cannot promise; nothing where it lies on a disk of this computer. */
export function folderDoubts(folder: string, fileSystem: FileSystem): readonly string[] {
  switch (fileSystem.kind) {
    case "local":
      return [];
    case "network":
      return [
        `${folder} lies on ${fileSystem.name}: each record waits for its server, and only locks that the server keeps`,
        "hold off a second master. Work on this run from one computer at a time.",
      ];
    case "userspace":
      return [
        `${folder} lies on a file system of a program's own (FUSE): whether records outlive a crash, and locks hold,`,
        "is up to that program. Work on this run from one computer at a time.",
      ];
    default:
      return unreachable(fileSystem);
  }
}

/** Of a journal that does not end with a whole record. What was in them is not known, and may have been acted on. */
export const tornLines = (bytes: number): string[] =>
  bytes === 0
    ? []
    : [
        `${formatCount(bytes)} bytes at the journal's end are no whole record, and are dropped: a write that was cut off, ` +
          "or damage. What they may have said was done is done again.",
      ];
