/** What a run cost that nobody goes on with: as much as it may have come to, and never less. */
import { existsSync } from "node:fs";
import type { RunLine } from "@stint/shared/api/runs.js";
import { TroubleError } from "@stint/shared/failures.js";
import { unusable } from "../../store/file-trouble.js";
import type { RunFolder } from "../../store/run-folder.js";
import { lineOf, lineOfEnded } from "./lines.js";
import { isGone } from "./order.js";
import type { Entry } from "./registry.js";
import { runAtRest } from "./run-at-rest.js";

/** From its journal; where its folder is gone, as its process was last heard. Refused where neither is known. */
export async function lastLine(folder: RunFolder, entry: Entry | undefined): Promise<RunLine> {
  if (existsSync(folder.journal)) return over(await journalled(folder));
  // The first thing that a process makes in it is how it was called.
  const isBegun = isGone(folder) || existsSync(folder.runFile);
  if (entry !== undefined && !isBegun && entry.line === null) return over(lineOf(entry, false));
  if (entry?.line?.phase === "unreachable") return over(entry.line);
  throw unusable("spent-unknown", {
    where: folder.name,
    found: "no journal of it, and nothing heard at its end: what it has spent is not known",
    expected: "its folder as it was",
    hint: "its budget stays reserved; restore its folder from a copy and cancel it again",
  });
}

async function journalled(folder: RunFolder): Promise<RunLine> {
  const rest = runAtRest(folder);
  try {
    return lineOfEnded(await rest.report());
  } finally {
    await rest.close();
  }
}

/** What is committed may have become due since. */
const over = (line: RunLine): RunLine => ({
  ...line,
  phase: "ended",
  state: line.state === "running" ? "stopped" : line.state,
  awaits_choice: false,
  spent_usd: Math.round((line.spent_usd + line.committed_usd) * 1_000_000) / 1_000_000,
  committed_usd: 0,
  ended_at: line.ended_at ?? new Date().toISOString(),
});

export const notInTrouble = (run: string): TroubleError =>
  new TroubleError({
    kind: "usage",
    code: "run-is-at-work",
    where: run,
    found: "a run that goes on, or has ended",
    expected: "one whose process cannot be reached",
    hint: "ask again in a moment",
  });
