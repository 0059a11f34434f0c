/** The frontier: time against cost of the plans worth looking at, dominated ones dropped. */
import type { Configuration } from "../vocabulary/configuration.js";
import { candidates } from "./candidates.js";
import { SURE } from "./four.js";
import { draftOf, type Draft, type Outlook } from "./outlook.js";
import type { Plan } from "./records.js";
import { stagesOf } from "./stages.js";

/** Halvings of the step between the last horizon that is sure to be paid and the first that is not. */
const REFINED = 5;

/** Up to this coefficient of variation P90 holds as it should, measured over the worlds of bench/quality. */
export const CALIBRATED = 0.85;

/** Time against cost, rising in time; every plan is on it for being faster than all cheaper ones. */
export function frontierOf(outlook: Outlook): Plan[] {
  const found = candidates(outlook);
  if (found === undefined) return [];
  const known = new Map<string, Draft | undefined>();
  const planned = (configuration: Configuration | undefined): Draft | undefined => {
    if (configuration === undefined) return undefined;
    const key = configuration.join(" ");
    if (!known.has(key)) known.set(key, draftOf(outlook, configuration));
    return known.get(key);
  };
  found.given.forEach(planned);
  const planBy = (horizon: number): Draft | undefined => planned(found.by(horizon));
  // Where a sample cannot show how long the longest tasks are, what a step leaves of the money is not to be spent.
  if (outlook.model.cv <= CALIBRATED) refine(found.horizons, planBy);
  else found.horizons.forEach(planBy);
  const plans = [...known.values()].flatMap((plan) => plan ?? []);
  const staged = worthStaging(plans).flatMap((plan) =>
    stagesOf(outlook, plan).flatMap((later) => draftOf(outlook, plan.configuration, later) ?? []),
  );
  return worthShowing([...plans, ...staged]).map((plan) => plan.whole());
}

/** Tries all horizons, and then some between the nearest that is sure and the next nearer one. */
function refine(horizons: readonly number[], planned: (horizon: number) => Draft | undefined): void {
  const isSure = (horizon: number): boolean => (planned(horizon)?.pWithinBudget ?? 0) >= SURE;
  const sure = horizons.filter(isSure);
  let far = Math.min(...sure);
  let near = Math.max(...horizons.filter((horizon) => horizon < far));
  if (!Number.isFinite(far) || !Number.isFinite(near)) return;
  for (let step = 0; step < REFINED; step += 1) {
    const middle = Math.sqrt(near * far);
    if (isSure(middle)) far = middle;
    else near = middle;
  }
}

/**
 * Time against cost, dominated plans dropped: those that are sure, and what is faster for more money. An unsure plan that
 * is no dearer in the middle hides no sure one, since that is the one that is picked.
 */
function worthShowing(plans: readonly Draft[]): Draft[] {
  const { sure, beyond } = bySure(plans);
  const kept = undominated(sure);
  const least = kept.at(-1)?.cost.p50 ?? 0;
  return [...kept, ...undominated(beyond.filter(({ cost }) => cost.p50 >= least))];
}

/** Those that no other beats, and those that would be faster than any sure one if they cost a little less. */
function worthStaging(plans: readonly Draft[]): Draft[] {
  const { sure, beyond } = bySure(plans);
  return [...new Set([...undominated(sure), ...undominated(beyond)])];
}

/** The sure plans, and those that are faster than all of them. */
function bySure(plans: readonly Draft[]): {
  readonly sure: readonly Draft[];
  readonly beyond: readonly Draft[];
} {
  const sure = plans.filter(({ pWithinBudget }) => pWithinBudget >= SURE);
  const fastest = Math.min(...sure.map(({ time }) => time.p50));
  return { sure, beyond: plans.filter((plan) => plan.pWithinBudget < SURE && plan.time.p50 < fastest) };
}

function undominated(plans: readonly Draft[]): Draft[] {
  const byCost = [...plans].sort((a, b) => a.cost.p50 - b.cost.p50 || a.time.p50 - b.time.p50);
  const kept: Draft[] = [];
  for (const plan of byCost) {
    const fastest = kept.at(-1);
    if (fastest === undefined || plan.time.p50 < fastest.time.p50) kept.push(plan);
  }
  return kept;
}
