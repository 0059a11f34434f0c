/** The offers of a run that is looked at from elsewhere: shown while one is to be picked, and at no other time. */
import { expect, test } from "vitest";
import {
  clusterView,
  fourOffers,
  runningView,
} from "../../../../../test/scenarios/golden/console/example-run.js";
import { NO_INK } from "./ink.js";
import { offersElsewhere } from "./offers-elsewhere.js";

const look = { columns: 80, ink: NO_INK };
const { chosen: _, ...running } = runningView({
  clusters: [clusterView("small"), clusterView("large")],
  offers: fourOffers,
});

test("while a choice is awaited the offers are shown, with how one is picked from elsewhere", () => {
  const lines = offersElsewhere({ ...running, phase: "choosing" }, "runs/a b", look).join("\n");
  expect(lines).toMatch(/cheapest[^]*fastest/u);
  expect(lines).toMatch(/stint choose NAME 'runs\/a b'$/u);
});

test.each([
  { ...running, phase: "running" as const },
  { ...running, phase: "choosing" as const, chosen: "cheapest" as const },
  { ...running, phase: "choosing" as const, offers: undefined },
])("before and after it nothing is", ({ offers, ...view }) => {
  expect(offersElsewhere({ ...view, ...(offers && { offers }) }, "runs/a", look)).toEqual([]);
});
