/**
 * Answers a review: the plan in force forecast anew, and a better one if the pick's objective finds one. The
 * plan in force is always a candidate and stays where the gain is small: chasing noise costs more than it brings.
 */
import { NEVER } from "./because.js";
import type { Snapshot } from "../estimate/snapshot.js";
import { SURE } from "../offer/four.js";
import { frontierOf } from "../offer/frontier.js";
import { outlookOf, planOf } from "../offer/outlook.js";
import type { Plan } from "../offer/records.js";
import { sameConfiguration, type Configuration } from "../vocabulary/configuration.js";
import type { OfferName } from "../vocabulary/settings.js";
import { microUsd } from "@stint/shared/units.js";

/** The plan in force stays while its P is within this of the level asked. */
const P_SLACK = 0.1;
/** And while a better one gains less than this share. */
const GAIN_LEAST = 0.02;
/** The promised time over what is needed now, from which on another look is worth its while. */
const WELL_AHEAD = 1.15;
/** Where no plan is sure enough: those this close to the most likely one are considered. */
const NEARLY_LIKELIEST = 0.15;

export interface Review {
  readonly inForce: Plan;
  readonly better?: Plan;
}

/** @param search look for other plans too */
export function answerReview(snapshot: Snapshot, search: boolean): Review {
  const outlook = outlookOf(snapshot);
  const configuration = inForceOf(snapshot);
  const never = hopeless(snapshot, configuration);
  if (outlook === undefined) return { inForce: never };
  const inForce = planOf(outlook, configuration, snapshot.wantedLater) ?? never;
  const behind = isBehind(snapshot, inForce);
  // Once nothing waits no machine helps but by a copy, and those that have nothing to do leave by themselves.
  const look = search || behind || savesByLooking(snapshot, inForce);
  if (!look || snapshot.waiting === 0) return { inForce };
  const better = pick(snapshot, inForce, frontierOf(outlook), behind);
  return better === undefined || samePlan(better, inForce) ? { inForce } : { inForce, better };
}

function samePlan(a: Plan, b: Plan): boolean {
  const later = (plan: Plan): Configuration => plan.later?.configuration ?? plan.configuration;
  return sameConfiguration(a.configuration, b.configuration) && sameConfiguration(later(a), later(b));
}

const inForceOf = (snapshot: Snapshot): Configuration => snapshot.wanted ?? snapshot.clusters.map(() => 0);

/** A plan that never ends the bag: nobody works, or all leave before. */
function hopeless(snapshot: Snapshot, configuration: Configuration): Plan {
  const { budget, billed } = snapshot.money;
  const cost = microUsd(budget ?? billed);
  return {
    configuration,
    time: { p50: NEVER, p90: NEVER },
    cost: { p50: cost, p90: cost },
    pWithinBudget: 0,
    cushion: { tasks: 0, cost: microUsd(0) },
  };
}

/** Late by the promise, dearer than the pick's limit, or too unsure of the budget. */
function isBehind(snapshot: Snapshot, inForce: Plan): boolean {
  const { accepted } = snapshot;
  if (inForce.pWithinBudget < SURE - P_SLACK) return true;
  return (
    accepted !== undefined &&
    (snapshot.at + inForce.time.p50 > accepted.endsBy || inForce.cost.p50 > accepted.limit)
  );
}

/** So far ahead that the promise leaves time to do with less: only who wants the least money is interested. */
function savesByLooking({ accepted, at }: Snapshot, inForce: Plan): boolean {
  if (accepted?.name !== "cheapest") return false;
  return at + WELL_AHEAD * inForce.time.p90 < accepted.endsBy;
}

function pick(
  snapshot: Snapshot,
  inForce: Plan,
  frontier: readonly Plan[],
  behind: boolean,
): Plan | undefined {
  const name = snapshot.accepted?.name ?? "fastest";
  const limit = snapshot.accepted?.limit ?? snapshot.money.budget ?? Number.MAX_SAFE_INTEGER;
  const sure = frontier.filter((plan) => plan.pWithinBudget >= SURE);
  if (sure.length === 0) return likeliest(inForce, frontier);
  // Where the plan in force passes the limit anyway, whatever is not dearer than it is no reason to stay with it.
  const within = sure.filter((plan) => plan.cost.p90 <= Math.max(limit, inForce.cost.p90));
  const kept = inForce.pWithinBudget >= SURE - P_SLACK;
  if (within.length === 0) return kept ? undefined : cheapestOf(sure);
  const best = bestBy(name, snapshot, within);
  return best === undefined || (kept && !worthIt(name, inForce, best, behind)) ? undefined : best;
}

/** `cheapest` asks for least money that still keeps its promise; the others for least time. */
function bestBy(name: OfferName, snapshot: Snapshot, plans: readonly Plan[]): Plan | undefined {
  if (name !== "cheapest") return fastestOf(plans);
  const endsBy = snapshot.accepted?.endsBy;
  const inTime = endsBy === undefined ? plans : plans.filter((plan) => snapshot.at + plan.time.p90 <= endsBy);
  return inTime.length > 0 ? cheapestOf(inTime) : fastestOf(plans);
}

function worthIt(name: OfferName, inForce: Plan, best: Plan, behind: boolean): boolean {
  const faster = inForce.time.p50 - best.time.p50;
  const cheaper = inForce.cost.p50 - best.cost.p50;
  if (name === "cheapest") {
    // Being behind, time is what is missing; being ahead, money is what can be saved.
    return behind ? faster > GAIN_LEAST * inForce.time.p50 : cheaper > GAIN_LEAST * inForce.cost.p50;
  }
  return faster > GAIN_LEAST * inForce.time.p50;
}

/** At tight budgets nothing is sure: the cheapest of those that are nearly the likeliest. */
function likeliest(inForce: Plan, frontier: readonly Plan[]): Plan | undefined {
  const most = Math.max(...frontier.map((plan) => plan.pWithinBudget), 0);
  if (inForce.pWithinBudget >= most - P_SLACK) return undefined;
  return cheapestOf(frontier.filter((plan) => plan.pWithinBudget >= most - NEARLY_LIKELIEST));
}

const fastestOf = (plans: readonly Plan[]): Plan | undefined =>
  plans.reduce<Plan | undefined>(
    (best, plan) => (best === undefined || plan.time.p50 < best.time.p50 ? plan : best),
    undefined,
  );
const cheapestOf = (plans: readonly Plan[]): Plan | undefined =>
  plans.reduce<Plan | undefined>(
    (best, plan) => (best === undefined || plan.cost.p50 < best.cost.p50 ? plan : best),
    undefined,
  );
