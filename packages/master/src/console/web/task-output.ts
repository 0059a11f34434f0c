/**
 * What a task printed, a part at a time. It may hold anything, so no browser may take it for a page: it is text, to be
 * kept as a file, and in a sandbox should one show it all the same.
 */
import { z } from "zod";
import { knownRun, knownTask } from "./known-run.js";
import type { Call, Operation } from "./operation.js";
import { notFound, type RefusedStatus } from "./refused.js";
import type { ServedRuns } from "./runs-port.js";

export const OUTPUT_BYTES_MOST = 1024 * 1024;
const OUTPUT_BYTES = 64 * 1024;

const outputQuery = z.strictObject({
  attempt: z.coerce
    .number()
    .int()
    .positive()
    .optional()
    .describe("absent: the one that was committed, else the newest"),
  stream: z.enum(["stdout", "stderr"]).optional().describe("absent: stdout"),
  from: z.coerce.number().int().nonnegative().optional().describe("the first byte; absent: 0"),
  most: z.coerce
    .number()
    .int()
    .min(1)
    .max(OUTPUT_BYTES_MOST)
    .optional()
    .describe(`bytes; absent: ${String(OUTPUT_BYTES)}`),
});

export const taskOutput = (runs: ServedRuns, path: string, refused: readonly RefusedStatus[]): Operation => ({
  ...{ name: "taskOutput", method: "GET", path, who: "viewer", status: 200, refused },
  about: "A part of what a task printed, as it is. More may follow while x-stint-open is true.",
  ...{ query: outputQuery, body: undefined, document: undefined },
  carryOut: (call) => answer(runs, call as Call<z.output<typeof outputQuery>>),
});

async function answer(runs: ServedRuns, call: Call<z.output<typeof outputQuery>>) {
  const run = await knownRun(runs, call);
  const task = knownTask(call);
  const { attempt, stream = "stdout", from = 0, most = OUTPUT_BYTES } = call.query;
  const wanted = { task, stream, from, most, ...(attempt === undefined ? {} : { attempt }) };
  const part = await run.output(wanted);
  if (part === undefined) throw notFound("the output", "a task of this run's bag that was started");
  return {
    bytes: part.bytes,
    headers: {
      "content-type": "text/plain; charset=utf-8",
      "content-disposition": `attachment; filename="task-${String(task)}-${stream}.txt"`,
      "content-security-policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
      "x-stint-size": String(part.size),
      "x-stint-open": String(part.open),
    },
  };
}
