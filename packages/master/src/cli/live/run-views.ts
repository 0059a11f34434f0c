/** joblog.tsv, attempts.csv and machines.csv of a run: made from its frames, begun anew by each master. */
import type { RunFolder } from "../../store/run-folder.js";
import type { OpenBag } from "../../store/open-bag.js";
import { openViews, type Views } from "../../store/views.js";

export const openRunViews = (
  folder: RunFolder,
  bag: OpenBag,
  say: (text: string) => void = () => undefined,
): Views =>
  openViews(
    { joblog: folder.joblog, attempts: folder.attempts, machines: folder.machines },
    { truncate: true, tasks: bag, onTrouble: (trouble) => say(trouble.message) },
  );
