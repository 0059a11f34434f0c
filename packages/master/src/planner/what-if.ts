/** What would another budget buy? The question that is asked for offers, with other money in it; the run stays as it is. */
import type { MicroUsd } from "@stint/shared/units.js";
import { snapshotOf } from "./ask.js";
import type { Question } from "./questions.js";
import type { Run } from "./run-state.js";

/** Of no number that a run asks by: its answer goes to whoever asked, and to no run. */
const NOBODYS = 0;

export function whatIf(run: Run, budget: MicroUsd): Question {
  // What was accepted holds for the money that there is.
  const { accepted: _, ...snapshot } = snapshotOf(run);
  return {
    kind: "offers",
    question: NOBODYS,
    snapshot: { ...snapshot, money: { ...snapshot.money, budget } },
  };
}
