/** Tasks by the page, and one task with its attempts. */
import { z } from "zod";
import { count, seconds, taskNumber, usd } from "./words.js";

export const TASKS_A_PAGE_MOST = 200;

export const taskState = z.enum(["waiting", "running", "done", "failed", "quarantined"]);
export type TaskState = z.infer<typeof taskState>;

export const taskLine = z.strictObject({
  task: taskNumber,
  id: z.string(),
  state: taskState,
  attempts: count.describe("started so far"),
  command: z.string().describe("as written; may hold anything; cut at 500 characters"),
});

/** What is asked for, as words of an address. */
export const tasksQuery = z.strictObject({
  state: taskState.optional(),
  /** A task's id or number, or part of its command. */
  search: z.string().max(200).optional(),
  /** The last number of the page before. */
  after: z.coerce.number().int().nonnegative().optional(),
  limit: z.coerce.number().int().min(1).max(TASKS_A_PAGE_MOST).optional(),
});
export type TasksQuery = z.infer<typeof tasksQuery>;

export const tasksPage = z.strictObject({
  schema: z.literal(1),
  run: z.string(),
  tasks: z.array(taskLine).max(TASKS_A_PAGE_MOST),
  /** Ask with it as `after` for what follows; null at the end. */
  next_after: taskNumber.nullable(),
  /** How far the bag was looked through; a search of a large bag goes on in pages without a hit. */
  seen_to: count,
});
export type TasksPage = z.infer<typeof tasksPage>;
export type TaskLine = z.infer<typeof taskLine>;

export const attempt = z.strictObject({
  attempt: taskNumber,
  kind: z.enum(["sample", "run", "retry", "replica"]),
  cluster: z.string(),
  machine: z.string(),
  started_s: seconds.nullable().describe("since the start of the run"),
  ended_s: seconds.nullable(),
  outcome: z.enum(["done", "spare", "late", "failed", "timeout", "cancelled", "lost"]).nullable(),
  exit_code: z.int().nullable(),
  signal: z.string().nullable(),
  cost_usd: usd.nullable(),
  stdout_bytes: count.nullable(),
  stderr_bytes: count.nullable(),
});
export const task = z.strictObject({
  schema: z.literal(1),
  run: z.string(),
  ...taskLine.shape,
  attempts_seen: z.array(attempt).describe("in order of their numbers"),
});
export type AttemptView = z.infer<typeof attempt>;
export type TaskView = z.infer<typeof task>;
