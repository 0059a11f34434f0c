/** What does a person read who gives more money to a run that needs none, whether a master is at work on it or not? */
import type { Trouble } from "@stint/shared/failures.js";

/** @param where the run, as it is called there */
export const withoutBudget = (where: string): Trouble => ({
  kind: "usage",
  code: "no-budget",
  where,
  found: "a run without a budget",
  expected: "a run with one: all that this one rents is free of charge",
  hint: "nothing is needed: it goes on as it is, or with stint resume",
});
