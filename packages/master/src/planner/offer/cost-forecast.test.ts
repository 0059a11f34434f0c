import { microUsdPerHour, NO_TIME, seconds } from "@stint/shared/units.js";
import fc from "fast-check";
import { expect, test } from "vitest";
import { newSketch, addEnded, runtimesOfSketch } from "../estimate/sketch.js";
import { modelOf, type Model } from "../estimate/model.js";
import { costForecast } from "./cost-forecast.js";
import type { Group } from "./group.js";

function modelFor(runtimes: readonly number[]): Model {
  const sketch = newSketch();
  for (const each of runtimes) addEnded(sketch, each);
  const model = modelOf({ clusters: [runtimesOfSketch(sketch)], pairs: [] }, []);
  if (model === undefined) throw new Error("something has ended");
  return model;
}

/** Machines at 36 cents an hour in units of five seconds: 500 micro-dollars each. */
const groupOf = (machines: number, model: Model): Group => ({
  cluster: 0,
  machines,
  slots: 1,
  tariff: { price: microUsdPerHour(360_000), atu: seconds(5), minimum: NO_TIME, grace: NO_TIME },
  link: { kind: "same", slope: 1, offset: 0, error: 0 },
  mean: model.base.mean,
  delay: 0,
  gradual: true,
  billedFor: NO_TIME,
});

const runtimes = fc.array(fc.double({ min: 0.1, max: 30, noNaN: true }), { minLength: 2, maxLength: 40 });

test("P90 is the least amount that can be paid and is enough nine times in ten", () => {
  fc.assert(
    fc.property(
      runtimes,
      fc.integer({ min: 1, max: 12 }),
      fc.double({ min: 0, max: 300, noNaN: true }),
      fc.double({ min: 0, max: 60, noNaN: true }),
      (seen, machines, queueEmpty, error) => {
        const model = modelFor(seen);
        const { cost, pCostBelow } = costForecast(model, [groupOf(machines, model)], { queueEmpty, error });
        expect(cost.p50 % 500).toBe(0);
        expect(cost.p90 % 500).toBe(0);
        expect(cost.p50).toBeLessThanOrEqual(cost.p90);
        expect(pCostBelow(cost.p90 + 1)).toBeGreaterThanOrEqual(0.9 - 1e-9);
        if (cost.p90 > cost.p50) expect(pCostBelow(cost.p90 - 500)).toBeLessThan(0.9);
      },
    ),
  );
});

test("no unit more is told where the last bit of chance alone would need it", () => {
  const model = modelFor([1, 1, 1]);
  // More than nine of ten ends lie before the tenth second, in the second unit; a few just behind it.
  const { cost } = costForecast(model, [groupOf(1, model)], { queueEmpty: 7.85, error: 0.9 });
  expect(cost).toEqual({ p50: 2 * 500, p90: 2 * 500 });
});
