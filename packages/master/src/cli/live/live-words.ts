/** How trouble outside reads while a run goes on. */
import { formatCount } from "@stint/shared/format.js";
import type { TroubleError } from "@stint/shared/failures.js";
import { shellWord } from "../../console/terminal/shell-word.js";
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
