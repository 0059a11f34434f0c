/** `stint choose`: picks the offer that a run at work waits for, from wherever its control socket can be reached. */
import { EXIT, type ExitCode } from "@stint/shared/failures.js";
import { shellWord } from "../console/terminal/shell-word.js";
import type { OfferName } from "../planner/vocabulary/settings.js";
import { askMaster, noMaster } from "./control/ask-master.js";
import { findKnownRun } from "./hub/find-known-run.js";
import { printDocument, shownFolder, type LookFlags } from "./known-run.js";
import { sayAndHowOn } from "./say.js";

export async function choose(offer: OfferName, flags: LookFlags): Promise<ExitCode> {
  const folder = findKnownRun(flags.run, flags.runs);
  if ((await askMaster(folder, { ask: "choose", offer })) === undefined) throw noMaster(folder);
  if (flags.json === true) printDocument({ schema: 1, run: folder.name, chosen: offer });
  else
    sayAndHowOn(`It goes on with ${offer}.`, {
      label: "To see it: ",
      command: `stint watch ${shellWord(shownFolder(folder))}`,
    });
  return EXIT.done;
}
