/** Which runs the standard set is made of, and which the quick one that is held against what was once reached. */
import type { Part } from "@stint/master/planner/vocabulary/settings.js";
import { BUDGETS } from "./imagine.js";
import { MADE_FOR } from "./made-for.js";
import type { Job } from "./measure-run.js";
import type { Contender, Policy } from "./policies.js";
import type { World } from "./worlds/world.js";

export const STANDARD_SEEDS = 30;
/** Others to compare with run under the first of the seeds only: it is ours whose promises are pooled over all. */
export const COMPARED_SEEDS = 10;
const whole = (policy: Policy): Contender => ({ policy, without: [] });
const OWN = whole("stint");
const OTHERS = (["informed", "bats", "round-robin"] as const).map(whole);

/** Where a planner that is told the truth only when sampling ends is run as well. */
const TOLD_LATER = [
  "normal-faster-hourly",
  "normal-dearer-second",
  "levy-faster-second",
  "mixture-alike-hourly",
  "mixture-three-second",
];
/** The budget at which the truth is told later. */
const MIDDLE = 1.5;

export function standardJobs(worlds: readonly World[], seeds: readonly number[]): Job[] {
  return worlds.flatMap(({ name }) =>
    seeds.flatMap((seed, index): Job[] => {
      const compared = index < COMPARED_SEEDS;
      return BUDGETS.map((budget) => {
        const told = compared && budget === MIDDLE && TOLD_LATER.includes(name);
        const contenders = [
          OWN,
          ...(compared ? OTHERS : []),
          ...lacking(name, budget),
          ...(told ? [whole("informed-later")] : []),
        ];
        return { world: name, seed, budgets: [budget], contenders };
      });
    }),
  );
}

function lacking(world: string, budget: number): Contender[] {
  const parts = (Object.keys(MADE_FOR) as Part[]).filter((part) =>
    MADE_FOR[part].some((made) => made.world === world && made.budget === budget),
  );
  return parts.map((part): Contender => ({ policy: "stint", without: [part] }));
}

const QUICK_SEEDS = 8;
/** Of every family and billing one, generated: they are there on every computer. */
const QUICK = [
  "normal-faster-hourly",
  "normal-alike-second",
  "mixture-faster-hourly",
  "mixture-dearer-second",
  "levy-dearer-hourly",
  "levy-faster-second",
  "normal-small-faster-hourly",
  "drift-normal-alike-second",
];

export function quickJobs(): Job[] {
  return QUICK.flatMap((world) =>
    Array.from({ length: QUICK_SEEDS }, (_, index): Job => ({
      world,
      seed: index + 1,
      budgets: [MIDDLE],
      contenders: [OWN, whole("informed")],
    })),
  );
}
