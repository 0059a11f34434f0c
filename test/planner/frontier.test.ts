/** Which plans the offers and the reviews have to choose from. */
import { describe, expect, test } from "vitest";
import { hours, minutes, microUsdPerHour, NO_TIME } from "@stint/shared/units.js";
import { questionFor } from "@stint/master/planner/ask.js";
import { SURE } from "@stint/master/planner/offer/four.js";
import { frontierOf } from "@stint/master/planner/offer/frontier.js";
import { outlookOf } from "@stint/master/planner/offer/outlook.js";
import type { Plan } from "@stint/master/planner/offer/records.js";
import { because } from "./told-frames.js";
import { cluster, seen, toldRun } from "./told-run.js";

const cents = (count: number): number => count * 10_000;
const tariff = { price: microUsdPerHour(cents(36)), atu: hours(1), minimum: NO_TIME, grace: NO_TIME };

/** Of 300 tasks that take four minutes each, twenty machine-hours of work, at 36 cents a whole hour. */
function plansFor(budget: number, ...runtimes: readonly number[]): Plan[] {
  const run = toldRun({ clusters: [cluster("large", { most: 32, tariff })], tasks: 300, budget });
  seen(run, 0, ...runtimes);
  const { snapshot } = questionFor(run, { kind: "ask-review", question: 1, search: true, because });
  const outlook = outlookOf(snapshot);
  return outlook === undefined ? [] : frontierOf(outlook);
}

const thirty = Array.from({ length: 30 }, (_, index) => 230 + (index % 3) * 10);
const isSure = ({ pWithinBudget }: Plan): boolean => pWithinBudget >= SURE;

describe("the frontier", () => {
  test.each([24, 26, 28, 30])(
    "has the plan of %i machines for one hour, where the money is for it",
    (most) => {
      const fastest = plansFor(most * cents(36), ...thirty)
        .filter(isSure)
        .at(-1);
      expect(fastest?.configuration).toEqual([most]);
      expect(fastest?.time.p50).toBeLessThan(minutes(60));
    },
  );

  test("rises in cost and falls in time, and what is unsure is faster than all that is sure", () => {
    const plans = plansFor(28 * cents(36), ...thirty, 120, 400, 560);
    const [costs, times] = [plans.map(({ cost }) => cost.p50), plans.map(({ time }) => time.p50)];
    expect(costs).toEqual([...costs].sort((a, b) => a - b));
    expect(times).toEqual([...times].sort((a, b) => b - a));
    expect(plans.map(isSure)).toEqual(plans.map(isSure).sort((a, b) => Number(b) - Number(a)));
    expect(plans.some(isSure)).toBe(true);
  });
});
