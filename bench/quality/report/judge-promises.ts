/** Do promises come true, and are estimates better than by plain methods? */
import type { Family } from "../worlds/world.js";
import { groupBy } from "./lines.js";
import { promisesOf, shareOf } from "./promises.js";
import { fixed, isTroubled, ours, within, type Evidence, type Verdict } from "./verdict.js";

export function promises(evidence: Evidence): (Verdict | undefined)[] {
  const calm = ours(evidence).filter((run) => !isTroubled(evidence, run));
  const familyRows = (["normal", "mixed", "heavy"] as const).flatMap((family) => {
    const runs = calm.filter((run) => run.family === family);
    const made = promisesOf(runs);
    const [least, most] = family === "normal" ? [0.86, 0.94] : [0.8, 1];
    return [
      within(`offered P90 of time is kept, ${family}`, made.inTime, { least, most }),
      within(`P90 of time is kept from half of the run on, ${family}`, made.inTimeFromHalf, {
        least: family === "normal" ? 0.85 : 0.8,
        most: 1,
      }),
      within(`offers that say ≥ 90 % end so, ${family}`, made.sureEndSo, { least: 0.9, most: 1 }),
    ];
  });
  const sureAt = (family: Family, budget: number): number | null =>
    promisesOf(calm.filter((run) => run.family === family && run.budgetFactor === budget)).sure;
  return [
    ...familyRows,
    within("P90 of cost + one ATU a machine is kept, pooled", promisesOf(calm).inCost, {
      least: 0.86,
      most: 0.94,
    }),
    within("an offer of ≥ 90 % is made, normal at 1.5 ×", sureAt("normal", 1.5), { least: 0.8, most: 1 }),
    within("an offer of ≥ 90 % is made, mixed at 2 ×", sureAt("mixed", 2), { least: 0.8, most: 1 }),
  ];
}

export function estimates(evidence: Evidence): (Verdict | undefined)[] {
  const groups = groupBy(ours(evidence), ({ world }) => world);
  const rows = [...groups].flatMap(([world, runs]) => {
    const { errors } = promisesOf(runs);
    return errors === null ? [] : [{ world, ...errors }];
  });
  if (rows.length === 0) return [];
  const missed = rows.filter(({ stint, line }) => stint.worst > line.worst + 0.05);
  const offset = rows.filter(({ world }) => world.startsWith("offset"));
  return [
    {
      figure: "error of the estimated means after sampling, each world",
      wanted: "≤ least squares + 5 %",
      reached: `${String(rows.length - missed.length)} of ${String(rows.length)} worlds`,
      held: missed.length === 0,
      missedIn: missed.map(
        ({ world, stint, line }) => `${world} ${fixed(stint.worst)} against ${fixed(line.worst)}`,
      ),
    },
    offset.length === 0
      ? undefined
      : {
          figure: "the same where a part of the runtime does not scale",
          wanted: "below the ratio",
          reached: offset
            .map(({ stint, ratio }) => `${fixed(stint.worst)} against ${fixed(ratio.worst)}`)
            .join(", "),
          held: shareOf(offset, ({ stint, ratio }) => stint.worst < ratio.worst) === 1,
          missedIn: [],
        },
  ];
}
