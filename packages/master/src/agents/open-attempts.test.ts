import fc from "fast-check";
import { expect, test } from "vitest";
import type { AttemptNumber, TaskIndex } from "@stint/shared/ids.js";
import type { StartCommand } from "../drive/ports.js";
import { closeAttempt, grantCredit, newOpenAttempts, openAttempt } from "./open-attempts.js";

const command = (task: number): StartCommand => ({
  task: task as TaskIndex,
  attempt: 1 as AttemptNumber,
  kind: "run",
  slowdown: 1,
});

/** What a planner and an agent may do, in any order: the planner never starts more than it was granted. */
type Step =
  | { readonly kind: "wants"; readonly credit: number }
  | { readonly kind: "starts"; readonly share: number }
  | { readonly kind: "ends"; readonly task: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant("wants" as const), credit: fc.nat({ max: 20 }) }),
  fc.record({ kind: fc.constant("starts" as const), share: fc.double({ min: 0, max: 1, noNaN: true }) }),
  fc.record({ kind: fc.constant("ends" as const), task: fc.nat({ max: 40 }) }),
);

test("an agent never has more at once than it wanted at some time, and ends up with what it wants", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const open = newOpenAttempts();
      let planners = 0;
      let next = 0;
      let most = 0;
      for (const one of steps) {
        if (one.kind === "wants") open.wanted = one.credit;
        if (one.kind === "ends") closeAttempt(open, command(one.task));
        for (let left = one.kind === "starts" ? Math.floor(one.share * planners) : 0; left > 0; left -= 1) {
          openAttempt(open, command(next));
          next += 1;
          planners -= 1;
        }
        planners += grantCredit(open);
        most = Math.max(most, open.wanted);
        expect(open.granted).toBe(planners);
        expect(open.byKey.size + planners).toBeLessThanOrEqual(most);
        expect(open.byKey.size + planners).toBeGreaterThanOrEqual(open.wanted);
      }
    }),
  );
});

test("an order that is carried out again is one order", () => {
  const open = newOpenAttempts();
  open.wanted = 4;
  grantCredit(open);
  expect(openAttempt(open, command(0))).toBeDefined();
  expect(openAttempt(open, command(0))).toBeUndefined();
  expect(open).toMatchObject({ granted: 3 });
});
