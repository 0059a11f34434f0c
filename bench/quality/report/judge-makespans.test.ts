import { expect, test } from "vitest";
import { DEARER, fleetOf } from "../worlds/fleets.js";
import { buysAll } from "./judge-makespans.js";

/** 32 machines at 12 cents an hour and 32 at 48: an hour of all of them is $19.20. */
const hourly = fleetOf({ ...DEARER, billing: "hourly" });
const bySecond = fleetOf({ ...DEARER, billing: "per second" });

test.each([
  { of: "whole hours that fit", fleet: hourly, hours: 2, budget: 38.4, expected: true },
  {
    of: "a moment of one hour more, which does not",
    fleet: hourly,
    hours: 2.001,
    budget: 38.4,
    expected: false,
  },
  {
    of: "the same moment by the second, which does",
    fleet: bySecond,
    hours: 2.001,
    budget: 38.5,
    expected: true,
  },
  { of: "a second too many", fleet: bySecond, hours: 2, budget: 38.39, expected: false },
])("a budget holds every machine: $of", ({ fleet, hours, budget, expected }) => {
  expect(buysAll(fleet, { makespan: hours * 3600, budget })).toBe(expected);
});
