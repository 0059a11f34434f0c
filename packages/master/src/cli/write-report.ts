/** Writes the receipt of a run as one file that a browser shows. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { History } from "@stint/shared/api/history.js";
import { TroubleError } from "@stint/shared/failures.js";
import { reportHtml } from "../console/report-html.js";
import { receiptLines } from "../console/terminal/receipt.js";
import type { Summary } from "../planner/report/summary.js";
import { writeAtomically } from "../store/write-atomically.js";
import { pageFolder } from "./page-folder.js";

const TEXT_COLUMNS = 80;

/** @returns false where the page was not built, as in a clone before `npm run build` */
export function writeReport(path: string, summary: Summary, history: History): boolean {
  const page = pageFolder();
  if (page === undefined) return false;
  const template = readFileSync(join(page, "report.html"), "utf8");
  writeAtomically(
    path,
    reportHtml(template, { summary, history, lines: receiptLines(summary, TEXT_COLUMNS) }),
  );
  return true;
}

/** As a run ends: what cannot be written then is said, and `stint report --html` writes it later. */
export function leaveReport(path: string, summary: Summary, history: History): string[] {
  try {
    writeReport(path, summary, history);
    return [];
  } catch (cause) {
    if (!(cause instanceof TroubleError)) throw cause;
    return [`${cause.trouble.where} is not written: ${cause.trouble.found}`];
  }
}

export const pageNotBuilt = (): TroubleError =>
  new TroubleError({
    kind: "state-unusable",
    code: "page-not-built",
    where: "the files of the page",
    found: "nothing",
    expected: "them beside the program",
    hint: "npm run build",
  });
