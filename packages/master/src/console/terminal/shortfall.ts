/** What does the money buy when it does not buy the whole bag, and what can be done about it? */
import { formatCount, formatMoney, formatMoneyFlag, roundedUp } from "@stint/shared/format.js";
import { subtract, type MicroUsd } from "@stint/shared/units.js";
import type { Shortfall, Spread } from "../../planner/offer/records.js";
import { commandLines } from "./command-lines.js";
import { cellsFor, wrapWords } from "./printable.js";
import { shellWord } from "./shell-word.js";

export interface ShortRun {
  readonly budget: MicroUsd;
  readonly tasks: number;
  /** Of these, what the money has bought already; none where that is not known. */
  readonly done?: number;
  /** The run's folder, for the commands that go on with it. */
  readonly folder: string;
}

/** `$0.30 buys about 730 of 1,000 tasks …`, then the two ways on. */
export function shortfallLines(
  { tasksBought, budgetNeeded }: Pick<Shortfall, "tasksBought" | "budgetNeeded">,
  { budget, tasks, done = 0, folder }: ShortRun,
  columns: number,
): string[] {
  const text =
    `${formatMoney(budget)} buys about ${formatCount(tasksBought.p50)} of ${formatCount(tasks)} tasks` +
    `${boughtRange(tasksBought)}${doneText(done)}; the whole needs about ${formatMoney(roundedUp(budgetNeeded))}.`;
  return [
    ...wrapWords(text, cellsFor(columns), 3),
    ...budgetAddLines("  for the whole:  ", { needed: budgetNeeded, budget, folder }, columns),
    ...commandLines(
      {
        label: "  for a part:     ",
        commands: [`stint resume ${shellWord(folder)} --when-short spend`],
        joint: ";",
      },
      columns,
    ),
  ];
}

/** Adds what is missing, rounded up, and goes on. */
export function budgetAddLines(
  label: string,
  { needed, budget, folder }: { readonly needed: MicroUsd } & Omit<ShortRun, "tasks" | "done">,
  columns: number,
): string[] {
  const missing = roundedUp(subtract(needed, budget));
  const word = shellWord(folder);
  const commands = [`stint budget add ${formatMoneyFlag(missing)} ${word}`, `stint resume ${word}`];
  return commandLines({ label, commands, joint: " &&" }, columns);
}

const doneText = (done: number): string =>
  done === 0 ? "" : `, the ${formatCount(done)} that ${done === 1 ? "is" : "are"} done among them`;

function boughtRange({ p50, p90 }: Spread<number>): string {
  if (p50 === p90) return "";
  return p90 < p50
    ? ` (in nine of ten runs at least ${formatCount(p90)})`
    : ` (in nine of ten runs at most ${formatCount(p90)})`;
}
