/** The sentences that reasons become: one of a thing is said as one, and nothing is called certain. */
import { expect, test } from "vitest";
import { seconds } from "@stint/shared/units.js";
import { headline } from "./headline.js";
import { NEVER } from "./reevaluate/because.js";
import { reasonText } from "./reasons.js";

test("one of a thing is said as one", () => {
  expect(reasonText({ kind: "nothing-waits", running: 1 })).toBe("nothing waits, 1 task still runs");
  expect(reasonText({ kind: "nothing-waits", running: 2 })).toBe("nothing waits, 2 tasks still run");
  expect(reasonText({ kind: "nothing-waits", running: 2, next: 10 })).toBe(
    "all tasks are handed out, 2 tasks still run, 10 more are next on their machines",
  );
  expect(reasonText({ kind: "all-tasks-ended", done: 1, failed: 0 })).toBe("the one task is done");
  expect(reasonText({ kind: "offers-are-in", plans: 1 })).toBe(
    "1 plan that no other beats in both time and cost",
  );
});

test("plans that are not offered are told from those that are", () => {
  const text = (plans: number, offered: number): string =>
    reasonText({ kind: "offers-are-in", plans, offered });
  expect(text(3, 2)).toBe("2 of 3 plans that no other beats in both time and cost");
  expect(text(2, 2)).toBe("2 plans that no other beats in both time and cost");
  expect(text(3, 0)).toBe("none of 3 plans is likely to end within the budget");
});

test("a plan that stays for want of a better one is not called kept", () => {
  const because = {
    kind: "as-promised",
    endsIn: seconds(25),
    promisedIn: seconds(27),
    pWithinBudget: 0,
  } as const;
  const kept = headline({ kind: "keep-plan", plan: {} as never, because }, []);
  expect(kept).toBe(
    "no better plan: this one would end in 25 s, but the budget will probably run out before (0 % sure to last)",
  );
});

test("of a promise whose time has passed it is said how late it comes", () => {
  const late = {
    kind: "as-promised",
    endsIn: seconds(10),
    promisedIn: seconds(-2),
    pWithinBudget: 0.9,
  } as const;
  expect(reasonText(late)).toBe("ends in 10 s, 12 s later than promised, 90 % sure of the budget");
  expect(reasonText({ ...late, endsIn: NEVER })).toMatch(
    /^ends in no foreseeable time, promised 2\.0 s ago, /u,
  );
});

test("of pairs it is said only what is missing, and what would allow them", () => {
  const sized = { kind: "sample-sized", tasks: 60, pairsWanted: 3, leftOut: 0 } as const;
  expect(reasonText({ ...sized, pairsAllowed: 3 })).toBe("60 tasks in the bag");
  expect(reasonText({ ...sized, pairsAllowed: 0 })).toMatch(
    /none of them is run on every .* \(--replicable\)$/u,
  );
  expect(reasonText({ ...sized, pairsAllowed: 2 })).toMatch(/3 would be run .* only 2 may run twice/u);
});

test("nothing is said of a promise where none was made", () => {
  const kept = { kind: "as-promised", endsIn: seconds(60), pWithinBudget: 0.9 } as const;
  expect(reasonText(kept)).toBe("ends in 1 min 00 s, 90 % sure of the budget");
  const behind = { ...kept, kind: "behind", betterEndsIn: seconds(30) } as const;
  expect(reasonText(behind)).toMatch(/^behind: would end in 1 min 00 s; this way in 30 s /u);
});

test("a forecast is never called certain", () => {
  const kept = {
    kind: "as-promised",
    endsIn: seconds(60),
    promisedIn: seconds(70),
    pWithinBudget: 1,
  } as const;
  expect(reasonText(kept)).toBe("ends in 1 min 00 s, promised within 1 min 10 s, >99 % sure of the budget");
});
