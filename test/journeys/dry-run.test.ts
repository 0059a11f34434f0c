/** A dry run says what a run would do at once, and no more often than once. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { newPlace, type Place } from "./stint.js";

let place: Place;
beforeEach(() => (place = newPlace()));
afterEach(() => place.remove());

const PAID = "clusters:\n  here: { provider: local, max: 1, slots: 1, price: 0.12 usd/h, atu: 5s }\n";

test("a budget that begins nothing is said to end the run, and a free bag to be run at once", async () => {
  place.write("bag.txt", Array.from({ length: 40 }, (_, n) => `echo ${String(n)}`).join("\n"));
  const free = (await place.stint("run", "bag.txt", "--dry-run")).stdout;
  expect(free).toMatch(/the tasks are run at once/u);
  expect(free).not.toMatch(/no sample/u);
  place.write("stint.yaml", PAID);
  const poor = (await place.stint("run", "bag.txt", "--budget", "0.00001usd", "--dry-run")).stdout;
  expect(poor).toMatch(/the run ends at once: .* to begin at all needs/u);
  expect(poor).not.toMatch(/run at once$/mu);
});
