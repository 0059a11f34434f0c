/** What stint must reach, line by line, and whether it does. */
import { completion, completionBeside, overBudget } from "./judge-completion.js";
import { besideOthers, makespans } from "./judge-makespans.js";
import { parts } from "./judge-parts.js";
import { estimates, promises } from "./judge-promises.js";
import type { Evidence, Verdict } from "./verdict.js";

export function verdicts(evidence: Evidence): Verdict[] {
  return [
    overBudget(evidence),
    ...completion(evidence),
    completionBeside(evidence, "bats"),
    completionBeside(evidence, "round-robin"),
    ...makespans(evidence),
    ...besideOthers(evidence),
    ...promises(evidence),
    ...estimates(evidence),
    ...parts(evidence),
  ].filter((verdict) => verdict !== undefined);
}
