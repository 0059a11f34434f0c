/**
 * Which runs a master has, and what of the money over all is theirs: the budget of each that goes on, and what each has
 * spent that has ended. Written in one step whenever it changes, and before anything is started that it allows.
 */
import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";
import { runLine } from "@stint/shared/api/runs.js";
import { TroubleError } from "@stint/shared/failures.js";
import { formatMoney } from "@stint/shared/format.js";
import { microUsd, type MicroUsd } from "@stint/shared/units.js";
import { unusable, usingFile } from "../../store/file-trouble.js";
import { writeAtomically } from "../../store/write-atomically.js";

const micro = z.int().nonnegative();

const entry = z.strictObject({
  /** The name of its folder. */
  run: z.string(),
  bag: z.string(),
  submitted_at: z.string(),
  /** Absent: its clusters cost nothing. */
  budget_micro_usd: micro.nullable(),
  /** It may spend its budget as long as it goes on. */
  goes_on: z.boolean(),
  /** As it was last heard of. */
  line: runLine.nullable(),
});
export type Entry = z.infer<typeof entry>;

const registry = z.strictObject({
  schema: z.literal(1),
  /** Of all runs together; null where nobody set one. */
  budget_micro_usd: micro.nullable(),
  runs: z.array(entry),
});
export type Registry = z.infer<typeof registry>;

const OWNER_ONLY = 0o600;
const NOTHING: Registry = { schema: 1, budget_micro_usd: null, runs: [] };

export function readRegistry(path: string): Registry {
  return usingFile(path, "a master's list of runs", () => {
    if (!existsSync(path)) return NOTHING;
    const read = registry.safeParse(parsed(readFileSync(path, "utf8")));
    if (read.success) return read.data;
    throw unusable("file-damaged", {
      where: path,
      found: "something else than was written",
      expected: "a master's list of runs",
      hint: "restore it from a copy; without it budgets over all cannot be kept",
    });
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export const writeRegistry = (path: string, kept: Registry): void =>
  writeAtomically(path, `${JSON.stringify(kept, undefined, 2)}\n`, OWNER_ONLY);

/** Dollars of a document as whole micro-dollars. */
const microOf = (usd: number): number => Math.round(usd * 1_000_000);

export const spentOf = ({ line }: Entry): MicroUsd => microUsd(line === null ? 0 : microOf(line.spent_usd));

/** What it may cost at most, as far as is known: somebody may have raised its budget past its master. */
export function reservedFor(one: Entry): MicroUsd {
  if (!one.goes_on) return spentOf(one);
  return microUsd(Math.max(one.budget_micro_usd ?? 0, microOf(one.line?.budget_usd ?? 0), spentOf(one)));
}

export const reservedIn = ({ runs }: Registry): MicroUsd =>
  microUsd(runs.reduce((sum, one) => sum + reservedFor(one), 0));

export const spentIn = ({ runs }: Registry): MicroUsd =>
  microUsd(runs.reduce((sum, one) => sum + spentOf(one), 0));

/**
 * Refuses what does not fit into the budget over all.
 * @param more beyond what is reserved already
 */
export function refuseBeyond(kept: Registry, more: MicroUsd, where: string): void {
  if (kept.budget_micro_usd === null || more === 0) return;
  const reserved = reservedIn(kept);
  const free = Math.max(0, kept.budget_micro_usd - reserved);
  if (more <= free) return;
  throw new TroubleError({
    kind: "usage",
    code: "budget-over-all",
    where,
    found: `${formatMoney(more)} more, where ${formatMoney(microUsd(free))} is free: ${formatMoney(reserved)} of the ${formatMoney(microUsd(kept.budget_micro_usd))} over all is reserved or spent`,
    expected: "budgets that fit into the one over all together",
    hint: `--budget ${String(free / 1_000_000)}usd, or wait until a run has ended: what it has not spent is free then; stint ps`,
  });
}
