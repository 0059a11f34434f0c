/** `stint budget show`: what was spent, what may still be, and on which machines. */
import { EXIT, type ExitCode } from "@stint/shared/failures.js";
import { formatMoney, steadyDecimals } from "@stint/shared/format.js";
import type { MachineId } from "@stint/shared/ids.js";
import type { MicroUsd } from "@stint/shared/units.js";
import { columnLines } from "../console/terminal/columns.js";
import { piece } from "../console/terminal/pieces.js";
import { foldWords } from "../console/terminal/printable.js";
import { committedBeyond, spentBy } from "../planner/money/apply-money.js";
import { freeMoney, type Account } from "../planner/money/ledger.js";
import { owedUntil } from "../planner/money/tariff.js";
import { isoInstant } from "../planner/report/iso-instant.js";
import { usd } from "../planner/report/summary-words.js";
import type { Run } from "../planner/run-state.js";
import { lookAtRun, printDocument, printLines, type LookFlags } from "./known-run.js";

export function showBudget(flags: LookFlags): ExitCode {
  const { run, folder, bag } = lookAtRun(flags);
  bag.close();
  printBudget(run, folder.name, flags.json === true);
  return EXIT.done;
}

export function printBudget(run: Run, name: string, json: boolean): void {
  if (json) printDocument(budgetDocument(run, name));
  else printLines(budgetLines(run, name));
}

function budgetDocument(run: Run, name: string): unknown {
  const { money, at } = run;
  return {
    schema: 1,
    run: name,
    budget_usd: money.budget === undefined ? null : usd(money.budget),
    spent_usd: usd(spentBy(money, at)),
    committed_usd: usd(committedBeyond(money, at)),
    machines: [...money.accounts].map(([machine, account]) => ({
      machine,
      cluster: clusterOf(run, machine),
      owed_until_at: isoInstant(owedUntil(account.tariff, account.billedFrom, at)),
      paid_until_at: isoInstant(account.paidUntil),
      liability_usd: usd(account.liability),
    })),
  };
}

function clusterOf(run: Run, machine: MachineId): string | null {
  const index = run.machines.live.get(machine)?.cluster;
  return index === undefined ? null : (run.settings.clusters[index]?.name ?? null);
}

const WIDTH = 80;

function budgetLines(run: Run, name: string): string[] {
  const { money, at } = run;
  const amounts: [string, MicroUsd | undefined][] = [
    ["budget", money.budget],
    ["spent", spentBy(money, at)],
    ["committed beyond", committedBeyond(money, at)],
    ["free", freeMoney(money)],
  ];
  const decimals = steadyDecimals(amounts.flatMap(([, amount]) => (amount === undefined ? [] : [amount])));
  const rows = amounts.map(([word, amount]) => [
    piece(word),
    piece(amount === undefined ? "no limit" : formatMoney(amount, decimals)),
  ]);
  const lines = columnLines(
    [
      { head: "", align: "left", spare: 0 },
      { head: "", align: "right", spare: 0 },
    ],
    rows,
    WIDTH,
  );
  return [name, ...lines, ...machineLines(run, [...money.accounts])];
}

const WHAT_IS_RESERVED =
  "Owed is what has begun. What is reserved beyond is paid as its units begin, and free again when the machine is given back.";

function machineLines(run: Run, accounts: readonly (readonly [MachineId, Account])[]): string[] {
  if (accounts.length === 0) return [];
  const decimals = steadyDecimals(accounts.map(([, { liability }]) => liability));
  const rows = accounts.map(([machine, account]) => [
    piece(machine),
    piece(isoInstant(owedUntil(account.tariff, account.billedFrom, run.at))),
    piece(isoInstant(account.paidUntil)),
    piece(formatMoney(account.liability, decimals)),
  ]);
  const columns = [
    { head: "machine", align: "left", spare: 0 },
    { head: "owed until", align: "left", spare: 2 },
    { head: "reserved until", align: "left", spare: 1 },
    { head: "at most", align: "right", spare: 0 },
  ] as const;
  return ["", ...columnLines(columns, rows, WIDTH), ...foldWords(WHAT_IS_RESERVED, WIDTH - 1)];
}
