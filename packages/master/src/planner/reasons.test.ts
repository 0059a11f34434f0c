/** The sentences that reasons become: one of a thing is said as one, and nothing is called certain. */
import { expect, test } from "vitest";
import { seconds } from "@stint/shared/units.js";
import { reasonText } from "./reasons.js";

test("one of a thing is said as one", () => {
  expect(reasonText({ kind: "nothing-waits", running: 1 })).toBe("nothing waits, 1 task still runs");
  expect(reasonText({ kind: "nothing-waits", running: 2 })).toBe("nothing waits, 2 tasks still run");
  expect(reasonText({ kind: "offers-are-in", plans: 1 })).toBe(
    "1 plan that no other beats in both time and cost",
  );
});

test("a forecast is never called certain", () => {
  const kept = {
    kind: "as-promised",
    endsIn: seconds(60),
    promisedIn: seconds(70),
    pWithinBudget: 1,
  } as const;
  expect(reasonText(kept)).toBe("ends in 1 min 00 s, promised in 1 min 10 s, >99 % sure of the budget");
});
