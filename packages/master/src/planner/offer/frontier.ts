/** The frontier: time against cost of the plans worth looking at, dominated ones dropped. */
import { sameConfiguration, type Configuration } from "../vocabulary/configuration.js";
import { candidates } from "./candidates.js";
import { SURE } from "./four.js";
import { planOf, type Outlook } from "./outlook.js";
import type { Plan } from "./records.js";
import { stagesOf } from "./stages.js";

/** Time against cost, rising in time; every plan is on it for being faster than all cheaper ones. */
export function frontierOf(outlook: Outlook): Plan[] {
  const seen: Configuration[] = [];
  const plans: Plan[] = [];
  for (const configuration of candidates(outlook)) {
    if (seen.some((other) => sameConfiguration(other, configuration))) continue;
    seen.push(configuration);
    const plan = planOf(outlook, configuration);
    if (plan !== undefined) plans.push(plan);
  }
  const staged = worthStaging(plans).flatMap((plan) =>
    stagesOf(outlook, plan).flatMap((later) => planOf(outlook, plan.configuration, later) ?? []),
  );
  return undominated([...plans, ...staged]);
}

/** Those that no other beats, and those that would be faster than any sure one if they cost a little less. */
function worthStaging(plans: readonly Plan[]): Plan[] {
  const sure = plans.filter(({ pWithinBudget }) => pWithinBudget >= SURE);
  const fastest = Math.min(...sure.map(({ time }) => time.p50));
  const unsure = plans.filter((plan) => plan.pWithinBudget < SURE && plan.time.p50 < fastest);
  return [...new Set([...undominated(sure), ...undominated(unsure)])];
}

function undominated(plans: readonly Plan[]): Plan[] {
  const byCost = [...plans].sort((a, b) => a.cost.p50 - b.cost.p50 || a.time.p50 - b.time.p50);
  const kept: Plan[] = [];
  for (const plan of byCost) {
    const fastest = kept.at(-1);
    if (fastest === undefined || plan.time.p50 < fastest.time.p50) kept.push(plan);
  }
  return kept;
}
