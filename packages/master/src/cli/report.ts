/** `stint report`: the receipt of a run as its journal tells it, whether it has ended or not. */
import { EXIT, type ExitCode } from "@stint/shared/failures.js";
import { abilitiesOf, inkOf } from "../console/terminal/ink.js";
import { receiptLines } from "../console/terminal/receipt.js";
import { wayOnLines } from "../console/terminal/way-on.js";
import { isHeld, lookAtRun, printDocument, printLines, shownFolder, type LookFlags } from "./known-run.js";
import { summaryOf } from "./live/outcome.js";

const COLUMNS = 80;

export function report(flags: LookFlags): ExitCode {
  const { run, folder, kept, bag } = lookAtRun(flags);
  bag.close();
  const summary = summaryOf(run, { run: folder.name, bag: kept.bag });
  if (flags.json === true) {
    printDocument(summary);
    return EXIT.done;
  }
  const { color } = abilitiesOf(process.stdout, process.env);
  const columns = process.stdout.isTTY ? process.stdout.columns : COLUMNS;
  const way = wayOnLines(summary, { folder: shownFolder(folder), columns, held: isHeld(folder) });
  printLines([...receiptLines(summary, columns, inkOf(color)), ...(way.length > 0 ? ["", ...way] : [])]);
  return EXIT.done;
}
