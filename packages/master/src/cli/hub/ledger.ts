/**
 * The list of a master's runs in memory and on disk. What takes money is on disk before anything else follows from it,
 * and refused where it cannot be written; what has happened already is kept in memory until it can be.
 */
import type { RunLine } from "@stint/shared/api/runs.js";
import type { RunList } from "@stint/shared/api/runs.js";
import { TroubleError } from "@stint/shared/failures.js";
import type { MicroUsd } from "@stint/shared/units.js";
import { NO_LOG, type Log } from "../../console/web/log.js";
import { usd } from "../../planner/report/summary-words.js";
import { lineOf } from "./lines.js";
import {
  readRegistry,
  refuseBeyond,
  reservedFor,
  reservedIn,
  spentIn,
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
  /** What was heard of it last is all that there is: it is dead and its folder gone. */
  lost(run: string): void;
  list(isInTrouble: (run: string) => boolean): RunList;
  /** Writes no more later. */
  close(): void;
}

/** A disk that was full may have room again. */
const WRITE_AGAIN_MS = 2_000;

/** @param budget over all, from now on; absent: what was said last */
export function openLedger(path: string, budget: MicroUsd | undefined, log: Log = NO_LOG): Ledger {
  const { save, keep, hold, now, close } = keepRegistry(path, log);
  const find = (run: string): Entry => {
    const found = now().runs.find((one) => one.run === run);
    if (found === undefined) throw unknownRun(run);
    return found;
  };
  const changed = (run: string, change: Partial<Entry>): Registry => ({
    ...now(),
    runs: now().runs.map((one) => (one.run === run ? { ...one, ...change } : one)),
  });
  save({ ...now(), ...(budget !== undefined && { budget_micro_usd: budget }) });
  return {
    entries: () => now().runs,
    entry: (run) => now().runs.find((one) => one.run === run),
    add(entry) {
      refuseBeyond(now(), reservedFor(entry), entry.bag);
      save({ ...now(), runs: [...now().runs, entry] });
    },
    remove(run) {
      keep({ ...now(), runs: now().runs.filter((one) => one.run !== run) });
    },
    goOn(run) {
      const before = find(run);
      const going = { ...before, goes_on: true };
      refuseBeyond(now(), (reservedFor(going) - reservedFor(before)) as MicroUsd, run);
      const { line } = before;
      const isLost = line?.phase === "unreachable";
      save(changed(run, { goes_on: true, line: isLost ? { ...line, phase: "queued" } : line }));
    },
    raise(run, amount) {
      const before = find(run);
      if (before.goes_on) refuseBeyond(now(), amount, run);
      save(changed(run, { budget_micro_usd: (before.budget_micro_usd ?? 0) + amount }));
    },
    lower(run, amount) {
      const { budget_micro_usd: budget } = find(run);
      const before = (budget ?? 0) - amount;
      keep(changed(run, { budget_micro_usd: before > 0 ? before : null }));
    },
    heard(run, line) {
      hold(changed(run, { line }));
    },
    ended(run, line) {
      keep(changed(run, { goes_on: false, line }));
    },
    lost(run) {
      const { line } = find(run);
      if (line !== null) keep(changed(run, { line: { ...line, phase: "unreachable" } }));
    },
    list: (isInTrouble) => ({
      schema: 1,
      runs: [...now().runs].reverse().map((one) => lineOf(one, isInTrouble(one.run))),
      budget_usd: now().budget_micro_usd === null ? null : usd(now().budget_micro_usd as MicroUsd),
      reserved_usd: usd(reservedIn(now())),
      spent_usd: usd(spentIn(now())),
    }),
    close,
  };
}

interface KeptRegistry {
  readonly now: () => Registry;
  /** Thrown where it cannot be written: nothing has changed then. */
  readonly save: (next: Registry) => void;
  /** As it has happened, whether it can be written or not. */
  readonly keep: (next: Registry) => void;
  /** In memory alone. */
  readonly hold: (next: Registry) => void;
  readonly close: () => void;
}

function keepRegistry(path: string, log: Log): KeptRegistry {
  let kept = readRegistry(path);
  let again: NodeJS.Timeout | undefined;
  const save = (next: Registry): void => {
    writeRegistry(path, next);
    kept = next;
    clearTimeout(again);
  };
  const keep = (next: Registry): void => {
    kept = next;
    try {
      save(next);
    } catch (cause) {
      log.warn({ file: path, err: cause }, "the list of runs cannot be written; it is tried again");
      clearTimeout(again);
      again = setTimeout(() => keep(kept), WRITE_AGAIN_MS).unref();
    }
  };
  return {
    now: () => kept,
    save,
    keep,
    hold: (next) => void (kept = next),
    close: () => clearTimeout(again),
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
