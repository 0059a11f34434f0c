/** What runs and what is next on its machine are told apart. */
import { expect, test } from "vitest";
import { handedOut } from "./handed-out.js";

function handed(running: number, ...live: (readonly [active: number, slots: number])[]) {
  const machines = live.map(([active, slots], index) => [`m-${String(index)}`, { active, slots }] as const);
  return handedOut({ attempts: { count: { running } }, machines: { live: new Map(machines) } } as never);
}

test("what agents hold beyond their slots does not run yet", () => {
  expect(handed(6, [4, 2], [2, 2])).toEqual({ running: 4, next: 2 });
  expect(handed(3, [2, 2], [1, 2])).toEqual({ running: 3 });
  expect(handed(0, [0, 2])).toEqual({ running: 0 });
});

test("of tasks that are out at least one runs, also where each is held twice", () => {
  expect(handed(2, [3, 1], [1, 1])).toEqual({ running: 1, next: 1 });
});
