/**
 * The policy `bats`: BaTS as its authors coded it, as far as that is known, with what it does not see (budgets passed,
 * paid time thrown away) left as it is. To compare with, nothing else.
 */
import { after, seconds } from "@stint/shared/units.js";
import { allEnded } from "../../../planner/attempts/attempts.js";
import type { OfferName } from "../../../planner/vocabulary/settings.js";
import type { ObservedWorld, Policy } from "../observed-world.js";
import { budgetOf } from "./budget-options.js";
import { loseMachine, newCrew, type Crew } from "./crew.js";
import { createEstimate } from "./estimate.js";
import { createExecution, type Execution } from "./execution.js";
import { learn, type Learned } from "./learn.js";
import { cushionFor, planWithin, tasksThatDoNotFit, type BatsPlan, type Work } from "./plan.js";
import { pricedFleet } from "./priced-fleet.js";
import { canSample, createSampling, type Sampling } from "./sampling.js";

export interface BatsSetup {
  readonly choose: OfferName;
  /** Does it look again while it runs? Without, the machines of the first plan stay while tasks wait. */
  readonly review: boolean;
  readonly tail: boolean;
  readonly cushion: boolean;
  /** What is known from the start; absent where it has to sample. */
  readonly learned?: Learned;
  /** The user's, in micro-dollars, sampling included; absent where the option alone is the budget. */
  readonly budget?: ObservedWorld["run"]["money"]["budget"];
  /** Told once, when execution begins. */
  readonly planned?: (first: FirstPlan) => void;
}

/** Money in the fleet's own unit. */
export interface FirstPlan extends BatsPlan {
  readonly budget: number;
  readonly cushion: number;
}

interface Bats {
  readonly world: ObservedWorld;
  readonly setup: BatsSetup;
  readonly crew: Crew;
  sampling: Sampling | undefined;
  execution: Execution | undefined;
}

const TICK = seconds(30);

export function bats(world: ObservedWorld, setup: BatsSetup): Policy {
  const crew = newCrew(world, pricedFleet(world.run.settings.clusters));
  const policy: Bats = { world, setup, crew, sampling: undefined, execution: undefined };
  return {
    begin: () => begin(policy),
    heard(event) {
      if (event.kind === "machine-gone" || event.kind === "machine-launch-failed")
        loseMachine(crew, event.machine);
      (policy.execution ?? policy.sampling)?.heard(world.run.closedAttempts);
      goOn(policy);
    },
  };
}

function begin(policy: Bats): void {
  const { world, setup, crew } = policy;
  const { shape, settings } = world.run;
  if (setup.learned !== undefined) {
    execute(policy, setup.learned);
    tick(policy);
    return;
  }
  if (!canSample(shape.size, settings.clusters.length)) {
    world.end("stopped", "the bag is too small for BaTS to sample");
    return;
  }
  policy.sampling = createSampling(crew);
  policy.sampling.begin();
  tick(policy);
}

function tick(policy: Bats): void {
  policy.world.plan(after(policy.world.now(), TICK), () => {
    (policy.execution ?? policy.sampling)?.tick();
    goOn(policy);
    tick(policy);
  });
}

/** From sampling to execution, and to the end. */
function goOn(policy: Bats): void {
  const { world, sampling, execution, crew } = policy;
  const { attempts, shape } = world.run;
  if (allEnded(attempts)) {
    const isDone = attempts.count.done === shape.size;
    world.end(isDone ? "done" : "failed-tasks", isDone ? "all tasks are done" : "all tasks have ended");
  } else if (execution !== undefined) {
    if (crew.machines.size === 0) world.end("budget-too-low", "BaTS found no plan for the rest");
  } else if (sampling?.isOver() === true) {
    const learned = learn(sampling.sampled, world.run.settings.clusters.length);
    if (learned === undefined) world.end("failed-tasks", "no sampled task was done");
    else execute(policy, learned);
  }
}

function execute(policy: Bats, learned: Learned): void {
  const { world, setup, crew } = policy;
  const work: Work = {
    fleet: crew.fleet,
    tasks: world.run.attempts.count.waiting,
    means: createEstimate(learned).means([], 0),
  };
  const offered = budgetOf(setup.choose, work);
  const most = setup.budget === undefined ? Infinity : crew.fleet.inUnits(setup.budget);
  const budget = Math.min(most - crew.spent, offered);
  const plan = planWithin(work, budget);
  if (plan === undefined) {
    world.end("budget-too-low", "BaTS found no plan within the budget");
    return;
  }
  const cushion = setup.cushion ? cushionOf(work, plan, most - crew.spent - budget) : 0;
  setup.planned?.({ ...plan, budget, cushion });
  world.noteSampled();
  policy.execution = createExecution(crew, {
    learned,
    plan,
    budget: budget + crew.spent,
    cushion,
    review: setup.review,
    tail: setup.tail,
  });
  policy.execution.begin();
}

/** Delta B is what is left of a user's money; where an option is all the money, it is had beside it. */
const cushionOf = (work: Work, plan: BatsPlan, left: number): number =>
  Number.isFinite(left) ? left : cushionFor(work, tasksThatDoNotFit(work, plan));
