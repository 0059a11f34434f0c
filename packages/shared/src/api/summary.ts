/** summary.json: what a run came to, and how it stands while it goes on. */
import { z } from "zod";
import { count, offerName, seconds, spread, stamp, usd } from "./words.js";

const wasteUsd = z.strictObject({
  boot: usd,
  idle: usd,
  spare: usd,
  failed: usd,
  cancelled: usd,
  lost: usd,
  rounding: usd,
});

export const offer = z.strictObject({
  name: offerName,
  machines: z.record(z.string(), count),
  machines_later: z
    .record(z.string(), count)
    .nullable()
    .describe("what is left of them towards the end, where that is less"),
  time_s: spread(seconds),
  cost_usd: spread(usd),
  p_within_budget: z.number().min(0).max(1),
  calibrated: z.boolean(),
  same_as: offerName.nullable(),
});

/** Tasks that failed alike; `lost`: in quarantine. */
const failure = z.strictObject({
  outcome: z.enum(["failed", "timeout", "lost"]),
  exit_code: z.int().nullable(),
  signal: z.string().nullable(),
  last_line: z.string().nullable(),
  count,
  example_task: z.int().positive().describe("a task's number"),
});

/** Loose in nothing: a field that is not named here is a mistake of ours. */
export const summary = z.strictObject({
  schema: z.literal(1),
  run: z.string(),
  bag: z.string(),
  state: z.enum(["done", "failed-tasks", "budget-too-low", "stopped", "needs-choice", "running"]),
  budget_usd: usd.nullable(),
  spent_usd: usd,
  committed_usd: usd,
  tasks: z.strictObject({ total: count, done: count, failed: count, quarantined: count, left: count }),
  attempts: z.strictObject({ total: count, failed: count, lost: count, replicas: count, cancelled: count }),
  started_at: stamp,
  accepted_at: stamp.nullable(),
  ended_at: stamp.nullable(),
  sampling_s: seconds.nullable(),
  makespan_s: seconds
    .nullable()
    .describe(
      "first rent to last result, done or failed, without the time the run stood still; null before any",
    ),
  since_accepted_s: seconds
    .nullable()
    .describe("of makespan_s, what came after the acceptance: the time that a promise is about"),
  resumed: count.describe("how often it was taken up again"),
  offers: z.array(offer),
  chosen: offerName.nullable(),
  clusters: z.record(
    z.string(),
    z.strictObject({
      machines: count,
      atus: count,
      spent_usd: usd,
      tasks: count,
      mean_s: seconds.nullable(),
    }),
  ),
  useful_usd: usd,
  waste_usd: wasteUsd,
  cost_per_task_usd: usd.nullable(),
  learning_usd: usd,
  cushion_usd: usd.nullable(),
  copies: z.strictObject({ allowed: z.boolean(), gain_s: seconds.nullable() }),
  shortfall: z
    .strictObject({
      tasks_bought: spread(z.number()),
      budget_needed_usd: usd,
      whole_unknown: z.boolean(),
    })
    .nullable(),
  ended_because: z.string().nullable(),
  failures: z.array(failure).nullable(),
  failures_rest: count,
});

export type SummaryDocument = z.infer<typeof summary>;
export type OfferDocument = z.infer<typeof offer>;
