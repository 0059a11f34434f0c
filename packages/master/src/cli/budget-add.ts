/** `stint budget add`: more money for a run, at work or not. */
import { EXIT, type ExitCode } from "@stint/shared/failures.js";
import { readAt, type Misread } from "@stint/shared/misread.js";
import { parseAmount } from "@stint/shared/quantities.js";
import { failed, type Result } from "@stint/shared/result.js";
import type { MicroUsd } from "@stint/shared/units.js";
import { addToRun } from "./add-to-run.js";
import { printBudget, showBudget } from "./budget-show.js";
import { findKnownRun, masterOf } from "./hub/find-known-run.js";
import type { LookFlags } from "./known-run.js";

export async function addToBudget(amountText: string, flags: LookFlags): Promise<ExitCode> {
  const amount = readAt({ kind: "usage", where: "stint budget add" }, parseAddition, amountText);
  const folder = findKnownRun(flags.run, flags.runs);
  // What a long-lived master has over all must suffice.
  const master = masterOf(folder);
  if (master !== undefined) await master.act(folder.name, "budget", { add: amountText });
  const run = master === undefined ? await addToRun(folder, amount) : undefined;
  if (run === undefined) return showBudget(flags);
  printBudget(run, folder.name, flags.json === true);
  return EXIT.done;
}

/** What a budget may do without, more money for one may not. */
function parseAddition(text: string): Result<MicroUsd, Misread> {
  const parsed = parseAmount(text);
  if (parsed.ok || parsed.failure.code !== "not-positive") return parsed;
  return failed({
    ...parsed.failure,
    hint: "say how much more it may cost; stint budget show says what it has",
  });
}
