/** The list of a master's runs in memory and on disk: a change is on disk before anything else follows from it. */
import type { RunLine } from "@stint/shared/api/runs.js";
import type { RunList } from "@stint/shared/api/runs.js";
import { TroubleError } from "@stint/shared/failures.js";
import type { MicroUsd } from "@stint/shared/units.js";
import { usd } from "../../planner/report/summary-words.js";
import { lineOf } from "./lines.js";
import {
  readRegistry,
  refuseBeyond,
  reservedFor,
  reservedIn,
  spentIn,
  spentOf,
  writeRegistry,
  type Entry,
  type Registry,
} from "./registry.js";

export interface Ledger {
  readonly entries: () => readonly Entry[];
  entry(run: string): Entry | undefined;
  /** Refused where its budget does not fit. */
  add(entry: Entry): void;
  remove(run: string): void;
  /** It goes on: its whole budget is reserved again. Refused where that does not fit. */
  goOn(run: string): void;
  /** Refused where it does not fit. */
  raise(run: string, amount: MicroUsd): void;
  /** A raise that came to nothing. */
  lower(run: string, amount: MicroUsd): void;
  /** In memory: it is heard again whenever it changes. */
  heard(run: string, line: RunLine): void;
  ended(run: string, line: RunLine): void;
  list(isInTrouble: (run: string) => boolean): RunList;
}

/** @param budget over all, from now on; absent: what was said last */
export function openLedger(path: string, budget: MicroUsd | undefined): Ledger {
  let kept: Registry = readRegistry(path);
  const save = (next: Registry): void => {
    writeRegistry(path, next);
    kept = next;
  };
  const find = (run: string): Entry => {
    const found = kept.runs.find((one) => one.run === run);
    if (found === undefined) throw unknownRun(run);
    return found;
  };
  const changed = (run: string, change: Partial<Entry>): Registry => ({
    ...kept,
    runs: kept.runs.map((one) => (one.run === run ? { ...one, ...change } : one)),
  });
  save({ ...kept, ...(budget !== undefined && { budget_micro_usd: budget }) });
  return {
    entries: () => kept.runs,
    entry: (run) => kept.runs.find((one) => one.run === run),
    add(entry) {
      refuseBeyond(kept, reservedFor(entry), entry.bag);
      save({ ...kept, runs: [...kept.runs, entry] });
    },
    remove(run) {
      save({ ...kept, runs: kept.runs.filter((one) => one.run !== run) });
    },
    goOn(run) {
      const before = find(run);
      const going = { ...before, goes_on: true };
      refuseBeyond(kept, (reservedFor(going) - spentOf(before)) as MicroUsd, run);
      save(changed(run, { goes_on: true }));
    },
    raise(run, amount) {
      const before = find(run);
      if (before.goes_on) refuseBeyond(kept, amount, run);
      save(changed(run, { budget_micro_usd: (before.budget_micro_usd ?? 0) + amount }));
    },
    lower(run, amount) {
      const { budget_micro_usd: budget } = find(run);
      const before = (budget ?? 0) - amount;
      save(changed(run, { budget_micro_usd: before > 0 ? before : null }));
    },
    heard(run, line) {
      kept = changed(run, { line });
    },
    ended(run, line) {
      save(changed(run, { goes_on: false, line }));
    },
    list: (isInTrouble) => ({
      schema: 1,
      runs: [...kept.runs].reverse().map((one) => lineOf(one, isInTrouble(one.run))),
      budget_usd: kept.budget_micro_usd === null ? null : usd(kept.budget_micro_usd as MicroUsd),
      reserved_usd: usd(reservedIn(kept)),
      spent_usd: usd(spentIn(kept)),
    }),
  };
}

const unknownRun = (run: string): TroubleError =>
  new TroubleError({
    kind: "usage",
    code: "no-such-run",
    where: run,
    found: "no run of this name",
    expected: "the name of a run of this master",
    hint: "stint ps",
  });
