import { inSeconds, microUsdPerHour, NO_TIME, seconds } from "@stint/shared/units.js";
import { expect, test } from "vitest";
import { modelOf, type Model } from "../estimate/model.js";
import { addEnded, newSketch, runtimesOfSketch } from "../estimate/sketch.js";
import { forecast } from "./forecast.js";
import type { Group } from "./group.js";

const TASK = 100;
const MACHINES = 10;

/** A thousand tasks that take nearly the same time: neither chance nor the sample explains a width. */
function model(): Model {
  const sketch = newSketch();
  for (let index = 0; index < 1000; index += 1) addEnded(sketch, TASK + (index % 3) - 1);
  const found = modelOf({ clusters: [runtimesOfSketch(sketch)], pairs: [] }, []);
  if (found === undefined) throw new Error("something has ended");
  return found;
}

const fleet: readonly Group[] = [
  {
    cluster: 0,
    machines: MACHINES,
    slots: 1,
    tariff: { price: microUsdPerHour(360_000), atu: seconds(1), minimum: NO_TIME, grace: NO_TIME },
    link: { kind: "same", slope: 1, offset: 0, error: 0 },
    mean: TASK,
    delay: 0,
    gradual: true,
    billedFor: NO_TIME,
  },
];

const widthOf = (waves: number): number => {
  const work = { waiting: waves * MACHINES, running: 0, lastRunning: { p50: 0, p90: 0 }, copies: false };
  const time = forecast(model(), fleet, work)?.time;
  if (time === undefined) throw new Error("this fleet gets there");
  return inSeconds(time.p90) - inSeconds(time.p50);
};

test("tasks come whole: a rest of three waves is no surer by the clock than one of ten", () => {
  const room = 0.15 * 1.28 * TASK;
  expect(widthOf(3)).toBeGreaterThan(room);
  expect(widthOf(10) / widthOf(3)).toBeLessThan(1.5);
});
