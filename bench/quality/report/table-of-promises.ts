/** What stint must reach, line by line, and whether it does. */
import { completion, overBudget } from "./judge-completion.js";
import { besideOthers, makespans } from "./judge-makespans.js";
import { parts } from "./judge-parts.js";
import { estimates, promises } from "./judge-promises.js";
import type { Evidence, Verdict } from "./verdict.js";

export function verdicts(evidence: Evidence): Verdict[] {
  return [
    overBudget(evidence),
    ...completion(evidence),
    ...makespans(evidence),
    ...besideOthers(evidence),
    ...promises(evidence),
    ...estimates(evidence),
    ...parts(evidence),
  ].filter((verdict) => verdict !== undefined);
}
