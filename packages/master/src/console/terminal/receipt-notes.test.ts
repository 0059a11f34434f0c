/** What a receipt says below its tables. */
import { expect, test } from "vitest";
import { doneSummary } from "../../../../../test/scenarios/golden/console/example-run.js";
import { noteLines } from "./receipt-notes.js";

const notesOf = (rest: Parameters<typeof doneSummary>[0]): string =>
  noteLines(doneSummary(rest), 80).join(" ");

test("a run that was taken up again says how often, as its machines were paid for anew", () => {
  expect(notesOf({ resumed: 3 })).toContain("Taken up again 3 times; machines that had been given back");
  expect(notesOf({ resumed: 1 })).toContain("Taken up again once;");
  expect(notesOf({})).not.toContain("Taken up again");
});

test("a bag that ended while its offers waited says that none was picked", () => {
  expect(notesOf({ chosen: null, accepted_at: null })).toContain("No offer was picked");
  expect(notesOf({})).not.toContain("No offer was picked");
  expect(notesOf({ chosen: null, accepted_at: null, offers: [] })).not.toContain("No offer was picked");
});
