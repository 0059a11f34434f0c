/** How a run came to where it is: columns of equal length, at most so many rows, however long the run. */
import { z } from "zod";
import { count, seconds, stamp, usd } from "./words.js";

/** When there are more, every other row is left out. */
export const HISTORY_ROWS_MOST = 600;

const column = <T extends z.ZodType>(of: T) => z.array(of).max(HISTORY_ROWS_MOST);

export const history = z.strictObject({
  schema: z.literal(1),
  run: z.string(),
  started_at: stamp,
  at_s: column(seconds).describe("since the start of the run, ascending"),
  done: column(count),
  failed: column(count),
  spent_usd: column(usd),
  committed_usd: column(usd),
  /** As the last forecast had it at that time. */
  final_cost_p50_usd: column(usd.nullable()),
  final_cost_p90_usd: column(usd.nullable()),
  ends_p50_s: column(seconds.nullable()).describe("since the start of the run"),
  ends_p90_s: column(seconds.nullable()),
  machines: z
    .record(z.string(), column(count))
    .describe("by cluster: those that exist, booting ones included"),
  budget_usd: column(usd.nullable()),
});
export type History = z.infer<typeof history>;

export const machine = z.strictObject({
  machine: z.string(),
  cluster: z.string(),
  state: z.enum(["booting", "ready", "silent", "releasing", "gone"]),
  rented_s: seconds.describe("since the start of the run"),
  ready_s: seconds.nullable(),
  gone_s: seconds.nullable(),
  paid_until_s: seconds,
  running: count,
});
/** The machines that exist, and those that went last. */
export const machines = z.strictObject({
  schema: z.literal(1),
  run: z.string(),
  machines: z.array(machine).max(1_000),
  gone_in_all: count,
});
export type MachineView = z.infer<typeof machine>;
