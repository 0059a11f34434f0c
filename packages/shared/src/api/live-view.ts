/** A run as screens show it while it goes on: of bounded size, whatever the size of the bag. */
import { z } from "zod";
import { offer } from "./summary.js";
import { count, offerName, seconds, spread, stamp, taskNumber, usd } from "./words.js";

export const RUNNING_SHOWN_MOST = 100;
export const DECISIONS_SHOWN_MOST = 50;

const clusterView = z.strictObject({
  name: z.string(),
  machines: count.describe("ready"),
  booting: count,
  wanted: count.describe("by the plan in force"),
  most: count,
  busy_slots: count,
  slots: count,
  done: count,
  mean_s: seconds.nullable().describe("of a task here, as estimated, or as measured once the run has ended"),
  spent_usd: usd,
  price_usd_per_hour: usd,
});

/** A plan on the frontier, of which offers are four. */
export const plan = z.strictObject({
  machines: z.record(z.string(), count),
  machines_later: z.record(z.string(), count).nullable(),
  time_s: spread(seconds),
  cost_usd: spread(usd),
  p_within_budget: z.number().min(0).max(1),
});

export const shortfall = z.strictObject({
  tasks_bought: spread(z.number()),
  budget_needed_usd: usd,
});

/** What can be bought, as computed after sampling, or for a budget that somebody asks about. */
export const offers = z.strictObject({
  budget_usd: usd.nullable(),
  offers: z.array(offer).describe("empty when no plan ends the bag within the budget"),
  frontier: z.array(plan).describe("time against cost, fastest last"),
  shortfall: shortfall.nullable(),
});

/** What was promised for the offer that was picked. */
export const promise = z.strictObject({
  offer: offerName,
  accepted_at: stamp,
  time_s: spread(seconds).describe("from the acceptance to the last result"),
  cost_usd: spread(usd).describe("of the whole run"),
});

export const runningTask = z.strictObject({
  task: taskNumber,
  attempt: count,
  copy: z.boolean().describe("a second attempt that races the first"),
  cluster: z.string(),
  machine: z.string(),
  since_s: seconds.describe("since it was started"),
  expected_s: seconds.nullable().describe("mean runtime of a task there"),
});

export const told = z.strictObject({ at: stamp, text: z.string() });

export const liveView = z.strictObject({
  schema: z.literal(1),
  run: z.string().describe("its name, the last part of its folder"),
  bag: z.string(),
  at: stamp,
  started_at: stamp,
  ended_at: stamp.nullable(),
  phase: z.enum(["sampling", "choosing", "running", "stopping", "ended"]),
  state: z.enum(["done", "failed-tasks", "budget-too-low", "stopped", "needs-choice", "running"]),
  in_tail: z.boolean(),
  paused: z.boolean(),
  imagined: z.boolean().describe("nothing is rented and no task is run: a demonstration"),
  tasks: z.strictObject({
    total: count,
    done: count,
    failed: count,
    quarantined: count,
    running: count,
    waiting: count,
    left: count,
  }),
  sample: z.strictObject({ size: count, ended: count }).nullable(),
  clusters: z.array(clusterView),
  budget_usd: usd.nullable(),
  spent_usd: usd,
  committed_usd: usd.describe("reserved beyond what is owed"),
  time_left_s: spread(seconds).nullable(),
  final_cost_usd: spread(usd).nullable(),
  offers: offers.nullable(),
  awaits_choice: z.boolean().describe("an offer must be picked before the run goes on"),
  chosen: offerName.nullable(),
  promise: promise.nullable(),
  running: z.array(runningTask).max(RUNNING_SHOWN_MOST).describe("those that run longest first"),
  decisions: z.array(told).max(DECISIONS_SHOWN_MOST).describe("newest first"),
  failed_tasks: z.array(taskNumber).max(10).describe("the first that are given up"),
  waiting_for: z.string().nullable().describe("why nothing runs although tasks wait"),
  machines_silent: count,
});
export type LiveView = z.infer<typeof liveView>;
export type OffersView = z.infer<typeof offers>;
export type PlanView = z.infer<typeof plan>;
export type RunningTask = z.infer<typeof runningTask>;
