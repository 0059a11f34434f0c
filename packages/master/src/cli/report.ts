/** `stint report`: the receipt of a run as its journal tells it, whether it has ended or not; as text, document or page. */
import { EXIT, type ExitCode } from "@stint/shared/failures.js";
import { newChronicle } from "../console/model/chronicle.js";
import { historyDocument } from "../console/model/history.js";
import { abilitiesOf, inkOf } from "../console/terminal/ink.js";
import { receiptLines } from "../console/terminal/receipt.js";
import { wayOnLines } from "../console/terminal/way-on.js";
import { headline } from "../planner/headline.js";
import { failureTally } from "./failures/failure-tally.js";
import { isHeld, lookAtRun, printDocument, printLines, shownFolder, type LookFlags } from "./known-run.js";
import { summaryOf } from "./live/outcome.js";
import { columnsNow } from "./say.js";
import { pageNotBuilt, writeReport } from "./write-report.js";

export interface ReportFlags extends LookFlags {
  readonly html?: string | undefined;
}

export function report(flags: ReportFlags): ExitCode {
  const tally = failureTally();
  const chronicle = newChronicle(headline);
  const { run, folder, kept, bag } = lookAtRun(flags, (frame, seen, closed) => {
    tally.seen(frame, seen, closed);
    chronicle.seen(frame, seen, closed);
  });
  bag.close();
  const summary = summaryOf(run, {
    run: folder.name,
    bag: kept.bag,
    failures: tally.groups(run, folder.out),
  });
  if (flags.html !== undefined) {
    const shown = { run, chronicle, now: run.at, name: folder.name, bag: kept.bag };
    if (!writeReport(flags.html, summary, historyDocument(shown))) throw pageNotBuilt();
  }
  if (flags.json === true) {
    printDocument(summary);
    return EXIT.done;
  }
  if (flags.html !== undefined) return EXIT.done;
  const { color } = abilitiesOf(process.stdout, process.env);
  const columns = columnsNow();
  const way = wayOnLines(summary, { folder: shownFolder(folder), columns, held: isHeld(folder) });
  printLines([...receiptLines(summary, columns, inkOf(color)), ...(way.length > 0 ? ["", ...way] : [])]);
  return EXIT.done;
}
