/** What is a person told who resumes a run that has nothing left to do? */
import { afterEach, beforeEach, expect, test } from "vitest";
import { newPlace, type Place } from "./stint.js";

let place: Place;
beforeEach(() => (place = newPlace()));
afterEach(() => place.remove());

test("that every task has ended, with the receipt and the exit code as before", async () => {
  place.write("bag.txt", "true\nfalse\n");
  const first = await place.stint("run", "bag.txt");
  expect(first.code, first.stderr).toBe(1);
  expect(first.stderr).toContain("Failed for good: task 2.");
  const again = await place.stint("resume");
  expect(again.code, again.stderr).toBe(1);
  expect(again.stderr).toMatch(/^Every task of this run has ended: there is nothing to go on with\.\n/u);
  expect(again.stderr).toMatch(/1 of 2 tasks done · 1 failed/u);
  expect(place.run().attempts()).toHaveLength(2);
});
