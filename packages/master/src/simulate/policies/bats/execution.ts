/**
 * The execution phase of BaTS: its plan is rented at once, tasks are pulled in random order, and every five minutes it
 * is asked whether paid and planned time suffices. With nothing waiting, idle machines copy what runs elsewhere.
 */
import type { TaskIndex } from "@stint/shared/ids.js";
import type { ClosedAttempt } from "../../../planner/attempts/closed.js";
import { nextWaiting, startKind } from "../observing-ledger.js";
import { endOfAtu, leftOfAtu, NOTHING, type BatsMachine } from "./bats-machine.js";
import {
  answerRequests,
  leaveIfIdle,
  minutesNow,
  noteClosed,
  rentOne,
  runtimeOf,
  startOn,
  taught,
  type Crew,
} from "./crew.js";
import { createEstimate, type Estimate } from "./estimate.js";
import type { Learned } from "./learn.js";
import { outlookOf } from "./outlook.js";
import { planWithin, tasksThatDoNotFit, type BatsPlan, type Work } from "./plan.js";
import { markLeaving, reconfigure, staying } from "./reconfigure.js";
import { taskToCopy } from "./tail.js";

/** What was decided before. */
export interface Mandate {
  readonly learned: Learned;
  readonly plan: BatsPlan;
  /** In the fleet's unit of money, sampling not included. */
  readonly budget: number;
  readonly cushion: number;
  /** Parts that an experiment switches off. */
  readonly review: boolean;
  readonly tail: boolean;
}

export interface Execution {
  begin(): void;
  heard(closed: readonly ClosedAttempt[]): void;
  tick(): void;
}

interface State {
  readonly crew: Crew;
  readonly mandate: Mandate;
  readonly estimate: Estimate;
  readonly copied: Set<TaskIndex>;
  budget: number;
  /** What is left of delta B: all or nothing. */
  cushion: number;
  /** Delta N of the plan in force. */
  unfit: number;
  lastActed: number;
}

/** Minutes between two acts. */
const ACTS_EVERY = 5;

export function createExecution(crew: Crew, mandate: Mandate): Execution {
  const { plan, learned, budget, cushion } = mandate;
  const state: State = {
    crew,
    mandate,
    estimate: createEstimate(learned),
    copied: new Set(),
    budget,
    cushion,
    unfit: 0,
    lastActed: minutesNow(crew),
  };
  state.unfit = tasksThatDoNotFit(workOf(state, crew.world.run.attempts.count.waiting), plan);
  return {
    begin() {
      plan.machines.forEach((count, cluster) => {
        for (let nth = 0; nth < count; nth += 1) rentOne(crew, cluster).plan = plan.atus;
      });
    },
    heard(closed) {
      for (const one of closed) {
        noteClosed(crew, one);
        if (taught(one)) state.estimate.add(one.cluster, runtimeOf(one));
      }
      answerRequests(crew, (machine) => answer(state, machine));
      act(state);
    },
    tick: () => act(state),
  };
}

const workOf = ({ crew, estimate }: State, tasks: number): Work => ({
  fleet: crew.fleet,
  tasks,
  means: estimate.means(crew.machines.values(), minutesNow(crew)),
});

function answer(state: State, machine: BatsMachine): boolean {
  const { crew, estimate, mandate, copied } = state;
  const task = nextWaiting(crew.world.run);
  if (task !== undefined) {
    if (hasToLeave(state, machine)) return leaveIfIdle(crew, machine);
    startOn(crew, machine, task, startKind(crew.world.run, task));
    return true;
  }
  const copy = mandate.tail ? taskToCopy(crew, estimate, machine, copied) : undefined;
  if (copy === undefined) return leaveIfIdle(crew, machine);
  copied.add(copy);
  startOn(crew, machine, copy, "replica");
  return true;
}

/** A machine goes with less than this left of its last ATU, in minutes. */
const LEAVES_BELOW = 1;

/**
 * At the end of an ATU, once it was marked or its plan is used up: a task that ran into another ATU has paid for that
 * one too, and it is used. Without reviews it stays while tasks wait.
 */
function hasToLeave({ mandate, crew }: State, machine: BatsMachine): boolean {
  if (!mandate.review) return false;
  const { atu } = crew.fleet;
  const { leavesAt, askedAt, before, plan } = machine;
  const now = minutesNow(crew);
  const end = leavesAt ?? (askedAt ?? now) + (before + plan) * atu;
  return (
    endOfAtu(machine, now, atu) >= end - NOTHING && leftOfAtu(machine, now, atu) < LEAVES_BELOW - NOTHING
  );
}

/** Nobody is there and tasks wait: it acts at once, for the last time if it finds no plan. */
function act(state: State): void {
  const { crew, mandate } = state;
  const now = minutesNow(crew);
  const { waiting } = crew.world.run.attempts.count;
  const isDeserted = waiting > 0 && crew.machines.size === 0;
  if (!mandate.review || (!isDeserted && now - state.lastActed < ACTS_EVERY)) return;
  state.lastActed = now;
  const work = workOf(state, waiting);
  const { virtual, potential, consumed, paid } = outlookOf(crew, state.estimate, work.means);
  const tasks = waiting - virtual;
  if (tasks <= potential) return;
  const plan = planFor(state, { ...work, tasks }, consumed);
  if (plan === undefined) {
    for (const machine of [...crew.machines.values()]) markLeaving(crew, machine);
    return;
  }
  const isSmaller = plan.machines.some((wanted, cluster) => wanted < staying(crew, cluster).length);
  if (isSmaller && tasks - state.unfit <= potential) return;
  state.unfit = tasksThatDoNotFit({ ...work, tasks }, plan);
  reconfigure(crew, plan, paid);
}

function planFor(state: State, work: Work, consumed: number): BatsPlan | undefined {
  const plan = planWithin(work, state.budget - consumed);
  if (plan !== undefined || state.cushion === 0) return plan;
  state.budget += state.cushion;
  state.cushion = 0;
  return planWithin(work, state.budget - consumed);
}
