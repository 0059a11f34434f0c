/** Which runs the standard set is made of, and which the quick one that is held against what was once reached. */
import type { Part } from "@stint/master/planner/vocabulary/settings.js";
import { BUDGETS } from "./imagine.js";
import type { Job } from "./measure-run.js";
import type { Contender, Policy } from "./policies.js";
import type { World } from "./worlds/world.js";

export const STANDARD_SEEDS = 30;
/** Others to compare with run under the first of the seeds only: it is ours whose promises are pooled over all. */
export const COMPARED_SEEDS = 10;
const whole = (policy: Policy): Contender => ({ policy, without: [] });
const OWN = whole("stint");
const OTHERS = (["informed", "bats", "round-robin"] as const).map(whole);

/** Each part of the planner is switched off in worlds that were made for it. */
export const MADE_FOR: Readonly<Record<Part, readonly string[]>> = {
  review: ["drift-mixture-faster-hourly", "shortage-normal-faster-second", "unlucky-mixture-dearer-hourly"],
  tail: ["levy-faster-second", "lognormal-three-second", "levy-small-alike-hourly"],
  cushion: ["normal-faster-hourly", "mixture-alike-hourly"],
  pairs: ["offset-faster-second", "two-modes-faster-hourly"],
  drift: ["drift-normal-alike-second", "drift-mixture-faster-hourly"],
};
/** Where a planner that is told the truth only when sampling ends is run as well. */
const TOLD_LATER = [
  "normal-faster-hourly",
  "normal-dearer-second",
  "levy-faster-second",
  "mixture-alike-hourly",
  "mixture-three-second",
];
/** The budget at which parts are switched off, and the truth is told later. */
const MIDDLE = 1.5;

export function standardJobs(worlds: readonly World[], seeds: readonly number[]): Job[] {
  return worlds.flatMap(({ name }) =>
    seeds.flatMap((seed, index): Job[] => {
      const others = BUDGETS.filter((budget) => budget !== MIDDLE);
      const compared = index < COMPARED_SEEDS;
      const told = compared && TOLD_LATER.includes(name) ? [whole("informed-later")] : [];
      const contenders = [OWN, ...(compared ? OTHERS : [])];
      return [
        { world: name, seed, budgets: others, contenders },
        { world: name, seed, budgets: [MIDDLE], contenders: [...contenders, ...lacking(name), ...told] },
      ];
    }),
  );
}

function lacking(world: string): Contender[] {
  const parts = (Object.keys(MADE_FOR) as Part[]).filter((part) => MADE_FOR[part].includes(world));
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
