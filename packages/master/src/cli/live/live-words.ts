/** How trouble outside reads while a run goes on. */
import { formatCount } from "@stint/shared/format.js";
import type { JournalTrouble } from "../../store/journal.js";
import { systemWords } from "../../store/file-trouble.js";

export const journalTroubleText = (path: string, { step, cause, waiting }: JournalTrouble): string =>
  `${path}: ${step} failed (${systemWords(cause)}). ${formatCount(waiting)} records wait in memory; ` +
  "nothing new is started until they are on disk. Trying again each second.";
