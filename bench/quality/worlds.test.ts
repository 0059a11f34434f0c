import { describe, expect, test } from "vitest";
import { bagSize } from "@stint/master/simulate/true-runtimes.js";
import { trueSeconds } from "./true-seconds.js";
import { worlds } from "./worlds.js";

describe.each(worlds().map((world) => [world.name, world] as const))("the world %s", (_, world) => {
  const runtimes = world.runtimesOf(1);
  const base = trueSeconds(runtimes, world.fleet.imagined, 1)[0] ?? new Float64Array();
  const mean = base.reduce((sum, value) => sum + value, 0) / base.length;
  const cv = Math.sqrt(base.reduce((sum, value) => sum + (value - mean) ** 2, 0) / base.length) / mean;

  test("is of the family that its spread says", () => {
    const [least, most] = { normal: [0, 0.3], mixed: [0.3, 0.9], heavy: [0.85, Infinity] }[world.family];
    expect(cv).toBeGreaterThan(least!);
    expect(cv).toBeLessThanOrEqual(most!);
  });

  test("has as many tasks as its size says, and the same ones every time", () => {
    const tasks = bagSize(runtimes);
    expect(tasks).toBeLessThanOrEqual(1000);
    expect(world.size === "big" ? tasks >= 600 : tasks >= 200 && tasks <= 400).toBe(true);
    expect(world.runtimesOf(1)).toEqual(runtimes);
  });
});
