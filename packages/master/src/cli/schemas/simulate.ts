/** The document of `stint simulate --json`: a run for each budget and seed, and what they have in common. */
import { z } from "zod";
import { summary } from "./documents.js";

const count = z.int().nonnegative();
const medians = z.record(z.string(), z.number().nullable());

export const simulate = z.strictObject({
  schema: z.literal(1),
  input: z.looseObject({
    runtimes: z.string(),
    clusters: z.string(),
    policy: z.string(),
    choose: z.string(),
    seed: z.int(),
  }),
  runs: z.array(summary.extend({ seed: z.int() })),
  medians,
  over_budget_runs: count,
  incomplete_runs: count,
  budgets: z.array(
    z.strictObject({
      budget_usd: z.number().nullable(),
      runs: count,
      incomplete_runs: count,
      over_budget_runs: count,
      medians,
    }),
  ),
});
