/** A line of what is promised: what is wanted, what was reached, and where it is missed. */
import type { RunFigures } from "../run-figures.js";
import type { World } from "../worlds/world.js";
import { medianOf, type Line } from "./lines.js";

export interface Verdict {
  readonly figure: string;
  readonly wanted: string;
  readonly reached: string;
  readonly held: boolean;
  /** Worlds in which it is missed, the worst first; empty where worlds are pooled. */
  readonly missedIn: readonly string[];
}

export interface Evidence {
  readonly runs: readonly RunFigures[];
  readonly lines: readonly Line[];
  readonly worlds: ReadonlyMap<string, World>;
}

export const ours = ({ runs }: Evidence, contender = "stint"): RunFigures[] =>
  runs.filter((run) => run.contender === contender);

export const isTroubled = ({ worlds }: Evidence, { world }: RunFigures): boolean =>
  worlds.get(world)?.trouble !== undefined;

export function within(
  figure: string,
  value: number | null,
  { least, most }: { readonly least: number; readonly most: number },
): Verdict | undefined {
  if (value === null) return undefined;
  const wanted = most === 1 ? `≥ ${percent(least)}` : `${percent(least)} to ${percent(most)}`;
  return { figure, wanted, reached: percent(value), held: value >= least && value <= most, missedIn: [] };
}

export function worldsBelow(
  figure: string,
  lines: readonly Line[],
  compared: (line: Line) => readonly [number | null, number] | undefined,
): Verdict | undefined {
  const rows = lines.flatMap((line) => {
    const both = compared(line);
    return both?.[0] == null ? [] : [{ world: line.world, value: both[0], limit: both[1] }];
  });
  if (rows.length === 0) return undefined;
  const missed = rows.filter(({ value, limit }) => value > limit + 0.0005).sort((a, b) => b.value - a.value);
  const limits = [...new Set(rows.map(({ limit }) => limit))].sort((a, b) => a - b);
  return {
    figure,
    wanted: `≤ ${limits.join(", ")} by kind`,
    reached: `${String(rows.length - missed.length)} of ${String(rows.length)} worlds; median ${fixed(medianOf(rows.map(({ value }) => value)))}`,
    held: missed.length === 0,
    missedIn: missed.map(({ world, value }) => `${world} ${fixed(value)}`),
  };
}

export const percent = (share: number): string => `${(share * 100).toFixed(0)} %`;
export const fixed = (value: number | null): string => (value === null ? "–" : value.toFixed(3));
