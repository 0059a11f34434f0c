/**
 * The ledger: what is billed, what every machine that exists or may exist can still cost, and therefore what
 * is free. Nothing enters it that the money does not cover; it decides nothing.
 *
 * Law: billed + the liabilities of all accounts <= budget, after every record.
 */
import { invariant, present } from "@stint/shared/invariant.js";
import type { MachineId } from "@stint/shared/ids.js";
import {
  add,
  between,
  earlier,
  microUsd,
  NO_MONEY,
  subtract,
  type Instant,
  type MicroUsd,
  type MicroUsdPerHour,
} from "@stint/shared/units.js";
import { charge, repriced, type Terms } from "./tariff.js";
import type { RunCore } from "../vocabulary/run-core.js";

/** What one machine costs and may cost. */
export interface Account {
  /** Its price is that of the next lease; what is paid for already keeps the price it was bought at. */
  tariff: Terms;
  readonly billedFrom: Instant;
  paidUntil: Instant;
  /** Charge from billedFrom to paidUntil, computed afresh at each change. */
  liability: MicroUsd;
}

export interface Money {
  /** Absent when everything is free of charge. */
  budget: MicroUsd | undefined;
  /** Below the budget when the user asked for the pick's limit to be hard. */
  hardLimit: MicroUsd | undefined;
  /** The bills of machines that are gone. */
  billed: MicroUsd;
  /** Sum of the liabilities of all accounts. */
  liable: MicroUsd;
  /** Set aside for the tail and for being behind; not to be used for being faster. */
  cushion: MicroUsd;
  /** Two reviews in a row found that the money does not buy the rest. */
  short: boolean;
  readonly accounts: Map<MachineId, Account>;
}

export interface MoneyRun extends RunCore {
  readonly money: Money;
}

export const newMoney = (budget: MicroUsd | undefined): Money => ({
  budget,
  hardLimit: undefined,
  billed: NO_MONEY,
  liable: NO_MONEY,
  cushion: NO_MONEY,
  short: false,
  accounts: new Map(),
});

/** What could still be reserved; `undefined` when there is no limit. */
export function freeMoney(money: Money): MicroUsd | undefined {
  const limit = limitOf(money);
  return limit === undefined ? undefined : subtract(limit, add(money.billed, money.liable));
}

function limitOf(money: Money): MicroUsd | undefined {
  if (money.hardLimit === undefined) return money.budget;
  return money.budget === undefined || money.hardLimit < money.budget ? money.hardLimit : money.budget;
}

/** Is this much free? Never yes when the law would break. */
export function affords(money: Money, amount: MicroUsd): boolean {
  const free = freeMoney(money);
  return amount === 0 || free === undefined || amount <= free;
}

/** The charge of a machine from the start of its bill to `until`. */
export const liabilityUntil = (tariff: Terms, billedFrom: Instant, until: Instant): MicroUsd =>
  charge(tariff, between(billedFrom, until));

/** What extending an account to `until` would add to what is reserved. */
export const extensionCost = (account: Account, until: Instant): MicroUsd =>
  subtract(liabilityUntil(account.tariff, account.billedFrom, until), account.liability);

/** Reserves a new machine's first lease. */
export function openAccount(money: Money, machine: MachineId, account: Omit<Account, "liability">): void {
  invariant(!money.accounts.has(machine), "a machine has one account", { machine });
  const liability = liabilityUntil(account.tariff, account.billedFrom, account.paidUntil);
  reserve(money, liability);
  money.accounts.set(machine, { ...account, liability });
}

/** Reserves more of a machine's time; leases are never shortened. */
export function extendAccount(money: Money, machine: MachineId, until: Instant): void {
  const account = accountOf(money, machine);
  invariant(until >= account.paidUntil, "a lease is never shortened", {
    machine,
    until,
    paidUntil: account.paidUntil,
  });
  const more = extensionCost(account, until);
  reserve(money, more);
  account.paidUntil = until;
  account.liability = add(account.liability, more);
}

/** From its next lease on a machine costs this; nothing of what it has reserved changes. */
export function repriceAccount(money: Money, machine: MachineId, price: MicroUsdPerHour): void {
  repriceFrom(money, accountOf(money, machine), { from: accountOf(money, machine).paidUntil, price });
}

/** The same where nothing was bought beyond `from`, whatever is reserved. */
export function repriceFrom(
  money: Money,
  account: Account,
  { from, price }: { readonly from: Instant; readonly price: MicroUsdPerHour },
): void {
  account.tariff = repriced(account.tariff, between(account.billedFrom, from), price);
  const more = extensionCost(account, account.paidUntil);
  reserve(money, more);
  account.liability = add(account.liability, more);
}

/**
 * Bills a machine that is gone and gives back what was reserved beyond. The time after paid-until is never
 * billed: by then the machine has ended itself.
 * @returns the bill, rounded up once
 */
export function closeAccount(money: Money, machine: MachineId, endedAt: Instant): MicroUsd {
  const account = accountOf(money, machine);
  const bill = liabilityUntil(account.tariff, account.billedFrom, earlier(endedAt, account.paidUntil));
  invariant(bill <= account.liability, "a bill lies within what was reserved", { machine, bill });
  money.accounts.delete(machine);
  money.liable = subtract(money.liable, account.liability);
  money.billed = add(money.billed, bill);
  return bill;
}

/** A machine that certainly never existed costs nothing. */
export function cancelAccount(money: Money, machine: MachineId): void {
  const account = accountOf(money, machine);
  money.accounts.delete(machine);
  money.liable = subtract(money.liable, account.liability);
}

export const accountOf = (money: Money, machine: MachineId): Account =>
  present(money.accounts.get(machine), "every machine that may exist has an account", { machine });

function reserve(money: Money, amount: MicroUsd): void {
  invariant(affords(money, amount), "nothing is reserved that the budget does not cover", {
    amount,
    free: freeMoney(money),
  });
  money.liable = microUsd(money.liable + amount);
}
