/** `stint ps`: the runs of the long-lived master, and what they have come to together. */
import type { RunLine, RunList } from "@stint/shared/api/runs.js";
import { EXIT, type ExitCode } from "@stint/shared/failures.js";
import { formatMoney } from "@stint/shared/format.js";
import type { MicroUsd } from "@stint/shared/units.js";
import { printable } from "../console/terminal/printable.js";
import { usd } from "../planner/report/summary-words.js";
import { askHub } from "./hub/ask-hub.js";
import { homeAt } from "./hub/home.js";
import { lineOf } from "./hub/lines.js";
import { readRegistry, reservedIn, spentIn } from "./hub/registry.js";
import type { Home } from "./hub/home.js";
import { printDocument, printLines } from "./known-run.js";

export type Span = "month" | "all";

export interface PsFlags {
  readonly home?: string | undefined;
  readonly spent?: Span | undefined;
  readonly all?: true | undefined;
  readonly json?: true | undefined;
}

/** Ended ones that are shown where not all are asked for. */
const ENDED_SHOWN_MOST = 10;

export async function ps(flags: PsFlags): Promise<ExitCode> {
  const home = homeAt(flags.home);
  const hub = askHub(home);
  const list = hub === undefined ? asKept(home) : await hub.list();
  const spent = flags.spent === undefined ? undefined : spentWithin(list, flags.spent, new Date());
  if (flags.json === true) printDocument({ ...list, ...(spent !== undefined && { spent }) });
  else if (spent !== undefined) printLines(spentLines(spent));
  else printLines([...listLines(list, flags.all === true), ...(hub === undefined ? [NO_MASTER] : [])]);
  return EXIT.done;
}

const NO_MASTER =
  "No master is at work in this home, this is what the last one wrote down; to begin one: stint master";

/** Without a master nobody knows how runs stand that go on. */
function asKept(home: Home): RunList {
  const kept = readRegistry(home.registry);
  return {
    schema: 1,
    runs: [...kept.runs].reverse().map((entry) => lineOf(entry, true)),
    budget_usd: kept.budget_micro_usd === null ? null : usd(kept.budget_micro_usd as MicroUsd),
    reserved_usd: usd(reservedIn(kept)),
    spent_usd: usd(spentIn(kept)),
  };
}

export interface Spent {
  /** RFC 3339; null: from the beginning. */
  readonly since: string | null;
  readonly runs: number;
  readonly spent_usd: number;
  /** What of it runs may still spend beyond that. */
  readonly committed_usd: number;
}

/** Of the runs that were begun since the month began, in UTC, all of what each has cost. */
export function spentWithin({ runs }: Pick<RunList, "runs">, span: Span, now: Date): Spent {
  const since =
    span === "all" ? undefined : new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth())).toISOString();
  const counted = runs.filter(
    ({ started_at: at }) => since === undefined || Date.parse(at) >= Date.parse(since),
  );
  const sum = (of: (line: RunLine) => number): number =>
    usd(counted.reduce((total, line) => total + Math.round(of(line) * 1_000_000), 0) as MicroUsd);
  return {
    since: since ?? null,
    runs: counted.length,
    spent_usd: sum((line) => line.spent_usd),
    committed_usd: sum((line) => line.committed_usd),
  };
}

const money = (dollars: number): string => formatMoney(Math.round(dollars * 1_000_000) as MicroUsd);

const spentLines = ({ since, runs, spent_usd, committed_usd }: Spent): string[] => [
  `${money(spent_usd)} spent by ${runs === 1 ? "1 run" : `${String(runs)} runs`}` +
    (since === null ? " in all" : ` begun since ${since.slice(0, 10)}, UTC`) +
    (committed_usd > 0 ? `, ${money(committed_usd)} more committed` : ""),
];

function listLines(list: RunList, all: boolean): string[] {
  if (list.runs.length === 0) return ["No runs yet. To hand in a bag: stint submit BAG --budget 5usd"];
  const going = list.runs.filter(({ phase }) => phase !== "ended");
  const ended = list.runs.filter(({ phase }) => phase === "ended");
  const shown = all ? ended : ended.slice(0, ENDED_SHOWN_MOST);
  const rows = [HEADER, ...[...going, ...shown].map(rowOf)];
  const left = ended.length - shown.length;
  return [
    ...aligned(rows),
    ...(left > 0 ? [`and ${String(left)} that ended before: stint ps --all`] : []),
    "",
    moneyLine(list),
  ];
}

const HEADER = ["RUN", "STATE", "TASKS", "FAILED", "SPENT", "BUDGET"] as const;

const rowOf = (line: RunLine): readonly string[] => [
  printable(line.run),
  stateOf(line),
  `${String(line.tasks.done)}/${String(line.tasks.total)}`,
  String(line.tasks.failed),
  money(line.spent_usd),
  line.budget_usd === null ? "-" : money(line.budget_usd),
];

const stateOf = ({ phase, state, awaits_choice }: RunLine): string =>
  phase === "ended" ? state : awaits_choice ? "awaits a choice" : phase;

/** The first two columns are words, the rest figures. */
function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = HEADER.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) =>
        column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join("  "),
  );
}

const moneyLine = ({ budget_usd, reserved_usd, spent_usd }: RunList): string =>
  budget_usd === null
    ? `${money(spent_usd)} spent; no budget over all (stint master --budget 100usd)`
    : `${money(spent_usd)} spent, ${money(reserved_usd)} reserved or spent of ${money(budget_usd)} over all`;
