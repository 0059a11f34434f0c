/** The columns of the tables that a run writes: a row as an object by the names of its columns. */
import { z } from "zod";

const usd = z.number().describe("US dollars, six decimals");
const since = z.number().describe("seconds since the start of the run");
const machine = z.string().describe("as small-1");
const outcome = z.enum(["done", "spare", "late", "failed", "timeout", "cancelled", "lost"]);
const kind = z.enum(["sample", "run", "retry", "replica"]);

/** attempts.csv */
export const attempts = z.strictObject({
  task_id: z.string(),
  attempt: z.int().positive(),
  kind,
  cluster: z.string(),
  machine,
  slot: z.int().positive().nullable().describe("empty when no result came"),
  started_s: since,
  ended_s: since,
  outcome,
});

/** machines.csv: a row for each machine and price period; empty is null here. */
export const machines = z.strictObject({
  machine,
  cluster: z.string(),
  rented_at_s: since,
  ready_at_s: since.nullable(),
  released_at_s: since.nullable(),
  billed_from_s: since,
  billed_to_s: since,
  price_usd_h: usd,
  addons_usd: usd,
  cost_usd: usd,
});

/** joblog.tsv: the first eight columns are GNU parallel's. */
export const joblog = z.strictObject({
  Seq: z.int().positive().describe("the task's number"),
  Host: machine,
  Starttime: z.number().describe("seconds since 1970"),
  JobRuntime: z.number().describe("seconds"),
  Send: z.literal(0),
  Receive: z.int().nonnegative().describe("bytes of standard output"),
  Exitval: z.int().describe("-1 when there is none"),
  Signal: z.int().nonnegative(),
  Attempt: z.int().positive(),
  Cluster: z.string(),
  Machine: machine,
  CostUsd: usd,
  Kind: kind,
  Outcome: outcome,
  Command: z.string().describe("tab, newline and backslash escaped"),
});
