/** Many runs under one master: their list, a bag that is handed in, and what may be asked of a run. */
import { z } from "zod";
import { RETRIES_MOST } from "../bag/retries-most.js";
import { amount, count, offerName, stamp, usd } from "./words.js";

/** Of a run's name in an address. */
export const runName = z.string().regex(/^[\w.:+-]{1,200}$/u);

export const runLine = z.strictObject({
  run: z.string(),
  bag: z.string(),
  phase: z.enum(["queued", "sampling", "choosing", "running", "stopping", "ended", "unreachable"]),
  state: z.enum(["done", "failed-tasks", "budget-too-low", "stopped", "needs-choice", "running"]),
  awaits_choice: z.boolean(),
  tasks: z.strictObject({ total: count, done: count, failed: count }),
  budget_usd: usd.nullable(),
  spent_usd: usd,
  committed_usd: usd,
  started_at: stamp,
  ended_at: stamp.nullable(),
});
export type RunLine = z.infer<typeof runLine>;

export const runs = z.strictObject({
  schema: z.literal(1),
  runs: z.array(runLine).describe("newest first"),
  /** Of all bags together; null where nobody set one. */
  budget_usd: usd.nullable(),
  reserved_usd: usd.describe("budgets of the runs that go on, and what the ended ones have spent"),
  spent_usd: usd,
});
export type RunList = z.infer<typeof runs>;

/** A bag is code that will be run as the master's user: whoever may submit may do all that this user may. */
export const BAG_BYTES_MOST = 64 * 1024 * 1024;

export const submission = z.strictObject({
  name: z
    .string()
    .regex(/^[\w.-]{1,80}$/u)
    .optional(),
  bag: z.strictObject({
    file_name: z.string().max(200).describe("its ending tells the format: .txt, .jsonl, .yaml"),
    text: z.string().max(BAG_BYTES_MOST),
  }),
  clusters: z.string().max(1_000_000).optional().describe("text of a clusters file; else the master's own"),
  cwd: z.string().max(4096).optional().describe("where commands run; else the master's folder"),
  budget: amount.optional(),
  choose: offerName.optional().describe("take this offer without asking"),
  retries: count.max(RETRIES_MOST).optional(),
  timeout: z.string().max(40).optional(),
  replicable: z.boolean().optional(),
});
export type Submission = z.infer<typeof submission>;
export const submitted = z.strictObject({ schema: z.literal(1), run: z.string() });

export const chooseBody = z.strictObject({ offer: offerName });
export const cancelBody = z.strictObject({ how: z.enum(["drain", "now"]) });
export const budgetBody = z.strictObject({ add: amount });
export const emptyBody = z.strictObject({});
export const done = z.strictObject({ schema: z.literal(1), done: z.literal(true) });
export const sessionBody = z.strictObject({ token: z.string().max(200) });
export const session = z.strictObject({ schema: z.literal(1), role: z.enum(["viewer", "operator"]) });
export type Role = z.infer<typeof session>["role"];

/** What every call answers that fails. */
export const apiError = z.strictObject({
  schema: z.literal(1),
  error: z.strictObject({
    code: z.string(),
    where: z.string(),
    found: z.string(),
    expected: z.string(),
    hint: z.string(),
  }),
});
export type ApiError = z.infer<typeof apiError>;
