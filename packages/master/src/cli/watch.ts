/**
 * `stint watch`: the live screen of a run that goes on elsewhere, as after its terminal was lost. To leave it changes
 * nothing of the run.
 */
import type { Writable } from "node:stream";
import { EXIT, type ExitCode } from "@stint/shared/failures.js";
import { clusterLinesFor } from "../console/terminal/fold-clusters.js";
import { abilitiesOf, inkOf } from "../console/terminal/ink.js";
import { ALL_LETTERS, lettersOf } from "../console/terminal/letters.js";
import { liveScreen, type LiveScreen } from "../console/terminal/live-screen.js";
import { offersElsewhere, type ElsewhereLook } from "../console/terminal/offers-elsewhere.js";
import { plainLine } from "../console/terminal/plain-line.js";
import { plainLog } from "../console/terminal/plain-log.js";
import { receiptLines } from "../console/terminal/receipt.js";
import { screenLines } from "../console/terminal/screen.js";
import { wayOnLines } from "../console/terminal/way-on.js";
import type { Summary } from "../planner/report/summary.js";
import type { RunView } from "../planner/view.js";
import type { RunFolder } from "../store/run-folder.js";
import { findKnownRun } from "./hub/find-known-run.js";
import { masterGone, noMaster, watchMaster } from "./control/ask-master.js";
import type { Told } from "./control/control-words.js";
import { leaveOnSignal } from "./leave-on-signal.js";
import { lookAtRun, printDocument, shownFolder, type LookFlags } from "./known-run.js";
import { exitCodeOfRun, exitCodeOfSummary } from "./live/outcome.js";
import { report } from "./report.js";

const COLUMNS = 80;
const ROWS = 24;

/** A run that has ended already is told by its receipt. */
export async function watch(flags: LookFlags): Promise<ExitCode> {
  const folder = findKnownRun(flags.run, flags.runs);
  const told = await watchMaster(folder);
  if (told === undefined) return tellEnded(flags, folder);
  const leave = leaveOnSignal();
  const output: Output = flags.json === true ? process.stderr : process.stdout;
  const stage = newStage(output, shownFolder(folder));
  try {
    const summary = await Promise.race([follow(told, stage), leave.asked]);
    stage.close();
    if (summary === undefined) {
      output.write(`The run goes on. To stop it: stint cancel ${shownFolder(folder)}\n`);
      return EXIT.interrupted;
    }
    if (summary === "gone") throw masterGone(folder);
    tellOutcome(summary, folder, output);
    if (flags.json === true) printDocument(summary);
    return exitCodeOfSummary(summary);
  } finally {
    leave.close();
    stage.close();
  }
}

function tellEnded(flags: LookFlags, folder: RunFolder): ExitCode {
  const { run, bag } = lookAtRun(flags);
  bag.close();
  if (run.phase !== "ended") throw noMaster(folder);
  report(flags);
  return exitCodeOfRun(run);
}

type Output = Writable & { readonly isTTY?: boolean; readonly columns?: number; readonly rows?: number };

interface Stage extends LiveScreen {
  /** Where the run stands now. */
  seen(view: RunView): void;
}

function newStage(output: Output, folder: string): Stage {
  const { isTerminal, color } = abilitiesOf(output, process.env);
  let view: RunView | undefined;
  const letters = isTerminal ? lettersOf(process.env) : ALL_LETTERS;
  const ink = inkOf(color);
  const lookNow = (): ElsewhereLook => ({
    columns: output.columns ?? COLUMNS,
    ink,
    ...(isTerminal && { rows: output.rows ?? ROWS }),
  });
  const draw = (): readonly string[] => {
    if (view === undefined) return [];
    const rows = output.rows ?? ROWS;
    const look = { ink, clustersMost: clusterLinesFor(rows), rows, folder };
    return screenLines(view, output.columns ?? COLUMNS, look).map(letters);
  };
  const line = (): string | undefined => (view === undefined ? undefined : plainLine(view));
  const stage = isTerminal ? liveScreen(output, draw) : plainLog(output, line);
  return {
    ...stage,
    // The screen shows the last decision itself.
    say: (lines) => (isTerminal ? undefined : stage.say(lines)),
    seen(newest) {
      const first = view === undefined;
      const offers = (seen: RunView | undefined): string[] =>
        seen === undefined ? [] : offersElsewhere(seen, folder, lookNow()).map(letters);
      if (offers(view).length === 0) stage.say(offers(newest));
      view = newest;
      if (first && !isTerminal) stage.say([plainLine(newest)]);
      stage.touch();
    },
  };
}

async function follow(told: AsyncIterable<Told>, stage: Stage): Promise<Summary | "gone"> {
  for await (const words of told) {
    if (words.kind === "view") stage.seen(words.view);
    if (words.kind === "said") stage.say(words.lines);
    if (words.kind === "over") return words.summary;
  }
  return "gone";
}

function tellOutcome(summary: Summary, folder: RunFolder, output: Output): void {
  const columns = output.columns ?? COLUMNS;
  const { isTerminal, color } = abilitiesOf(output, process.env);
  const way = wayOnLines(summary, { folder: shownFolder(folder), columns });
  const lines = [
    "",
    ...receiptLines(summary, columns, inkOf(color)),
    ...(way.length > 0 ? ["", ...way] : []),
  ];
  const letters = isTerminal ? lettersOf(process.env) : ALL_LETTERS;
  output.write(letters(`${lines.join("\n")}\n`));
}
