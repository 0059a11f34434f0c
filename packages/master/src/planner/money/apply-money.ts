/** What money events change, and what has been spent at an instant. */
import { add, earlier, microUsd, subtract, type Instant, type MicroUsd } from "@stint/shared/units.js";
import { charge } from "./tariff.js";
import { between } from "@stint/shared/units.js";
import type { Money, MoneyRun } from "./ledger.js";
import type { BudgetAdded } from "./records.js";

export function addBudget(run: MoneyRun, event: BudgetAdded): void {
  const { money } = run;
  money.budget = money.budget === undefined ? undefined : add(money.budget, event.amount);
  // More money lifts a pick's hard limit too: the user has just said that the run may cost more.
  if (money.hardLimit !== undefined) money.hardLimit = add(money.hardLimit, event.amount);
}

/** Bills of machines that are gone, plus what is owed by now for those that are not. */
export function spentBy(money: Money, at: Instant): MicroUsd {
  let spent: number = money.billed;
  for (const account of money.accounts.values()) {
    const until = earlier(at, account.paidUntil);
    spent += charge(
      account.tariff,
      between(account.billedFrom, until < account.billedFrom ? account.billedFrom : until),
    );
  }
  return microUsd(spent);
}

/** Reserved beyond what is owed already: summary.json's `committed_usd`. */
export const committedBeyond = (money: Money, at: Instant): MicroUsd =>
  subtract(add(money.billed, money.liable), spentBy(money, at));
