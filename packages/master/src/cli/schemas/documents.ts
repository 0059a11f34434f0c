/**
 * The documents that stint prints, as schemas: what stands here is promised. A field that is not known is null, money
 * is decimal dollars, durations are seconds, instants are RFC 3339 in UTC.
 */
import { z } from "zod";
import { stamp, usd } from "@stint/shared/api/words.js";

/** What every verb prints under --json when it fails, and every call of the HTTP interface answers. */
export { apiError as error } from "@stint/shared/api/runs.js";
export { offer, summary } from "@stint/shared/api/summary.js";

export const budget = z.strictObject({
  schema: z.literal(1),
  run: z.string(),
  budget_usd: usd.nullable(),
  spent_usd: usd,
  committed_usd: usd,
  machines: z.array(
    z.strictObject({
      machine: z.string(),
      cluster: z.string().nullable(),
      owed_until_at: stamp,
      paid_until_at: stamp,
      liability_usd: usd,
    }),
  ),
});

export const explain = z.strictObject({
  schema: z.literal(1),
  run: z.string(),
  about: z.enum(["task", "machine", "decision"]),
  subject: z.string(),
  story: z.array(
    z.strictObject({
      at: stamp,
      what: z.string(),
      why: z.string().nullable(),
      because: z.looseObject({ kind: z.string() }).nullable(),
    }),
  ),
});
