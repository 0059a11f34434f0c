/** How long do runs take beside a planner that knows the truth, beside the bound, and beside other policies? */
import type { RunFigures } from "../run-figures.js";
import type { Fleet, World } from "../worlds/world.js";
import { groupBy, medianOf, ratiosTo, type Line } from "./lines.js";
import { fixed, ours, worldsBelow, type Evidence, type Verdict } from "./verdict.js";

/** Per world at 1.5 ×: how many worlds keep the limit of their kind. */
export function makespans(evidence: Evidence): (Verdict | undefined)[] {
  const at = (contender: string): Line[] =>
    evidence.lines.filter(
      (line) =>
        line.contender === contender &&
        line.budgetFactor === 1.5 &&
        evidence.worlds.get(line.world)?.trouble === undefined,
    );
  const of = (line: Line): World | undefined => evidence.worlds.get(line.world);
  return [
    worldsBelow("makespan / informed at 1.5 ×, big", at("stint"), (line) =>
      of(line)?.size === "big" ? [line.overInformed, informedLimit(of(line)!)] : undefined,
    ),
    worldsBelow("makespan / informed at 1.5 ×, small", at("stint"), (line) =>
      of(line)?.size === "small"
        ? [line.overInformed, of(line)?.fleet.billing === "hourly" ? 1.35 : 1.2]
        : undefined,
    ),
    worldsBelow("informed, makespan / bound at 1.5 ×, normal", at("informed"), (line) =>
      of(line)?.family === "normal" ? [line.overBound, of(line)?.size === "big" ? 1.08 : 1.15] : undefined,
    ),
    worldsBelow("makespan / bound at 1.5 ×, normal, big", at("stint"), (line) =>
      of(line)?.family === "normal" && of(line)?.size === "big"
        ? [line.overBound, of(line)?.fleet.billing === "hourly" ? 1.2 : 1.15]
        : undefined,
    ),
    worldsBelow("makespan / bound at 1.5 ×, heavy, big", at("stint"), (line) =>
      of(line)?.family === "heavy" && of(line)?.size === "big" ? [line.overBound, 1.3] : undefined,
    ),
    laterTold(evidence),
  ];
}

function informedLimit({ fleet, family }: World): number {
  if (fleet.shape === "1,1 1,1") return fleet.billing === "hourly" ? 1.08 : 1.05;
  return family === "heavy" ? 1.08 : 1.1;
}

function laterTold(evidence: Evidence): Verdict | undefined {
  const told = ours(evidence, "informed-later");
  const byWorld = groupBy(told, ({ world }) => world);
  const rows = [...byWorld].flatMap(([world, others]) => {
    const own = ours(evidence).filter((run) => run.world === world && run.budgetFactor === 1.5);
    const ratio = medianOf(ratiosTo(own, others));
    return ratio === null ? [] : [{ world, ratio }];
  });
  if (rows.length === 0) return undefined;
  const missed = rows.filter(({ ratio }) => ratio > 1.05).sort((a, b) => b.ratio - a.ratio);
  return {
    figure: "makespan / planner told the truth when sampling ends, at 1.5 ×",
    wanted: "≤ 1.05",
    reached: `${String(rows.length - missed.length)} of ${String(rows.length)} worlds; median ${fixed(medianOf(rows.map(({ ratio }) => ratio)))}`,
    held: missed.length === 0,
    missedIn: missed.map(({ world, ratio }) => `${world} ${fixed(ratio)}`),
  };
}

export function besideOthers(evidence: Evidence): (Verdict | undefined)[] {
  const ratios = (other: string): { world: string; budget: number; ratio: number }[] => {
    const groups = groupBy(ours(evidence, other), (run) => `${run.world}\t${String(run.budgetFactor)}`);
    return [...groups].flatMap(([key, others]) => {
      const [world = "", budget = ""] = key.split("\t");
      const own = ours(evidence).filter((run) => run.world === world && run.budgetFactor === Number(budget));
      const ratio = medianOf(ratiosTo(own, others));
      return ratio === null ? [] : [{ world, budget: Number(budget), ratio }];
    });
  };
  const bats = ratios("bats");
  const robin = ratios("round-robin").filter(
    ({ world, budget }) => !everyMachineBought(evidence, world, budget),
  );
  const median = medianOf(bats.map(({ ratio }) => ratio));
  const named = (rows: typeof bats, most: number): string[] =>
    rows
      .filter(({ ratio }) => ratio > most)
      .sort((a, b) => b.ratio - a.ratio)
      .map(({ world, budget, ratio }) => `${world} ${String(budget)} × ${fixed(ratio)}`);
  const overBats = named(bats, 1.01);
  const overRobin = named(robin, 1.1);
  return [
    median === null
      ? undefined
      : {
          figure: "makespan / bats, median of worlds",
          wanted: "≤ 0.75",
          reached: fixed(median),
          held: median <= 0.75,
          missedIn: [],
        },
    bats.length === 0
      ? undefined
      : {
          figure: "makespan / bats where both stay within the budget, each world",
          wanted: "≤ 1.01",
          reached: `${String(bats.length - overBats.length)} of ${String(bats.length)}`,
          held: overBats.length === 0,
          missedIn: overBats,
        },
    robin.length === 0
      ? undefined
      : {
          figure: "makespan / round-robin where both complete, each world",
          wanted: "≤ 1.10 where the budget does not buy every machine",
          reached: `${String(robin.length - overRobin.length)} of ${String(robin.length)}`,
          held: overRobin.length === 0,
          missedIn: overRobin,
        },
  ];
}

function everyMachineBought(evidence: Evidence, name: string, budget: number): boolean {
  const world = evidence.worlds.get(name);
  const runs = ours(evidence, "round-robin").filter(
    (run) => run.world === name && run.budgetFactor === budget && run.complete,
  );
  return world !== undefined && runs.every((run) => buysAll(world.fleet, run));
}

/** The budget holds every machine for as long as this run took: whoever rents them all at once has nothing to learn. */
export function buysAll(
  { clusters }: Pick<Fleet, "clusters">,
  run: Pick<RunFigures, "makespan" | "budget">,
): boolean {
  const cost = clusters.reduce((sum, { most, tariff }) => {
    const units = Math.ceil((run.makespan * 1e6) / tariff.atu);
    return sum + (most * units * tariff.price * tariff.atu) / 3.6e15;
  }, 0);
  return cost <= run.budget;
}
