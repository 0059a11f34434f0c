/** Does the sum of what runs may spend stay within the budget over all, whatever is asked? */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { RunLine } from "@stint/shared/api/runs.js";
import { microUsd } from "@stint/shared/units.js";
import { openLedger, type Ledger } from "./ledger.js";

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "stint-ledger-"))));
afterEach(() => rmSync(folder, { recursive: true }));

const file = (): string => join(folder, "registry.json");
const open = (budget?: number): Ledger =>
  openLedger(file(), budget === undefined ? undefined : microUsd(budget));
const add = (ledger: Ledger, run: string, budget: number | null): void =>
  ledger.add({
    ...{ run, bag: "bag.txt", submitted_at: "2026-01-02T03:04:05.000Z", goes_on: true, line: null },
    budget_micro_usd: budget,
  });
const line = (run: string, spent: number, budget: number): RunLine => ({
  ...{ run, bag: "bag.txt", phase: "running", state: "running", awaits_choice: false },
  tasks: { total: 3, done: 1, failed: 0 },
  ...{ budget_usd: budget, spent_usd: spent, committed_usd: 0 },
  ...{ started_at: "2026-01-02T03:04:05.000Z", ended_at: null },
});
const reserved = (ledger: Ledger): number => ledger.list(() => false).reserved_usd;

test("a run is taken only where its whole budget is free", () => {
  const ledger = open(10_000_000);
  add(ledger, "a", 6_000_000);
  expect(() => add(ledger, "b", 4_000_001)).toThrow("$4.00 is free");
  add(ledger, "b", 4_000_000);
  add(ledger, "free", null);
  expect(ledger.list(() => false)).toMatchObject({ budget_usd: 10, reserved_usd: 10, spent_usd: 0 });
});

test("what a run has not spent is free when it has ended, and taken again when it goes on", () => {
  const ledger = open(10_000_000);
  add(ledger, "a", 8_000_000);
  ledger.ended("a", line("a", 1, 8));
  expect(reserved(ledger)).toBe(1);
  add(ledger, "b", 5_000_000);
  expect(() => ledger.goOn("a")).toThrow("$7.00 more");
  ledger.ended("b", line("b", 2, 5));
  ledger.goOn("a");
  expect(reserved(ledger)).toBe(10);
});

test("more money is refused where it does not fit, and a raise past the master counts all the same", () => {
  const ledger = open(10_000_000);
  add(ledger, "a", 8_000_000);
  expect(() => ledger.raise("a", microUsd(2_000_001))).toThrow("$2.00 is free");
  ledger.raise("a", microUsd(1_000_000));
  expect(reserved(ledger)).toBe(9);
  ledger.lower("a", microUsd(1_000_000));
  expect(reserved(ledger)).toBe(8);
  ledger.heard("a", line("a", 1, 9.5));
  expect(reserved(ledger)).toBe(9.5);
});

test("another master finds what the last one wrote, and the budget over all with it", () => {
  const first = open(10_000_000);
  add(first, "a", 6_000_000);
  add(first, "b", 1_000_000);
  first.ended("b", line("b", 0.5, 1));
  const second = open();
  expect(second.list(() => false)).toEqual(first.list(() => false));
  expect(reserved(second)).toBe(6.5);
  expect(() => add(second, "c", 3_500_001)).toThrow("over all");
  writeFileSync(file(), "{");
  expect(() => open()).toThrow("something else than was written");
});

test("an end that cannot be written is kept, written later, and nothing is taken meanwhile", () => {
  vi.useFakeTimers();
  try {
    const ledger = open(10_000_000);
    add(ledger, "a", 8_000_000);
    rmSync(file());
    mkdirSync(join(file(), "in-the-way"), { recursive: true });
    ledger.ended("a", line("a", 1, 8));
    expect(reserved(ledger)).toBe(1);
    expect(() => add(ledger, "b", 1_000_000)).toThrow("a file that can be written");
    vi.advanceTimersByTime(5_000);
    rmSync(file(), { recursive: true });
    vi.advanceTimersByTime(5_000);
    expect(reserved(open())).toBe(1);
    ledger.close();
  } finally {
    vi.useRealTimers();
  }
});

test("a run in trouble goes on within what is reserved for it already", () => {
  const ledger = open(10_000_000);
  add(ledger, "a", 8_000_000);
  ledger.heard("a", line("a", 1, 8));
  ledger.lost("a");
  expect(ledger.entry("a")?.line?.phase).toBe("unreachable");
  ledger.goOn("a");
  expect([reserved(ledger), ledger.entry("a")?.line?.phase]).toEqual([8, "queued"]);
});
