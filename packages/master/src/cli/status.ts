/** `stint status`: where does a run stand at this moment? Told by its master, or by its journal where there is none. */
import { EXIT, type ExitCode } from "@stint/shared/failures.js";
import { abilitiesOf, inkOf } from "../console/terminal/ink.js";
import { offersElsewhere } from "../console/terminal/offers-elsewhere.js";
import { screenLines } from "../console/terminal/screen.js";
import { wayOnLines } from "../console/terminal/way-on.js";
import type { Summary } from "../planner/report/summary.js";
import type { RunView } from "../planner/view.js";
import { viewRun } from "../planner/view-run.js";
import type { RunFolder } from "../store/run-folder.js";
import { findKnownRun } from "./hub/find-known-run.js";
import { askMaster } from "./control/ask-master.js";
import { failureTally } from "./failures/failure-tally.js";
import { isHeld, lookAtRun, printDocument, printLines, shownFolder, type LookFlags } from "./known-run.js";
import { summaryOf } from "./live/outcome.js";
import { columnsNow } from "./say.js";

const CLUSTERS_MOST = 12;

interface Standing {
  readonly view: RunView;
  readonly summary: Summary;
}

export async function status(flags: LookFlags): Promise<ExitCode> {
  const folder = findKnownRun(flags.run, flags.runs);
  const told = await askMaster(folder, { ask: "status" });
  const { view, summary } = told?.kind === "status" ? told : asWritten(flags);
  if (flags.json === true) printDocument(summary);
  else printLines(statusLines({ view, summary }, folder, told !== undefined));
  return EXIT.done;
}

function asWritten(flags: LookFlags): Standing {
  const tally = failureTally();
  const { run, folder, kept, bag } = lookAtRun(flags, (frame, seen, closed) =>
    tally.seen(frame, seen, closed),
  );
  bag.close();
  return {
    view: viewRun(run),
    summary: summaryOf(run, { run: folder.name, bag: kept.bag, failures: tally.groups(run, folder.out) }),
  };
}

function statusLines({ view, summary }: Standing, folder: RunFolder, reached: boolean): string[] {
  const { color } = abilitiesOf(process.stdout, process.env);
  const columns = columnsNow();
  const held = reached || isHeld(folder);
  const shown = shownFolder(folder);
  const ink = inkOf(color);
  const way = wayOnLines(summary, { folder: shown, columns, held });
  const screen = screenLines(view, columns, {
    ink,
    clustersMost: CLUSTERS_MOST,
    ...(held && { folder: shown }),
  });
  const offers = held ? offersElsewhere(view, shown, { columns, ink }) : [];
  return [...screen, ...(offers.length > 0 ? ["", ...offers] : []), ...(way.length > 0 ? ["", ...way] : [])];
}
