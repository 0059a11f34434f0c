/** What is told of failures is how tasks failed last, and nothing of those that are wanted again. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Closed } from "../../drive/ports.js";
import { newAttempts, TASK_STATE } from "../../planner/attempts/attempts.js";
import { reopenFailed } from "../../planner/attempts/reopen-failed.js";
import type { Run } from "../../planner/run-state.js";
import { failureTally } from "./failure-tally.js";

let out = "";
beforeEach(() => (out = mkdtempSync(join(tmpdir(), "stint-tally-"))));
afterEach(() => rmSync(out, { recursive: true }));

test("a task that failed and waits to be tried again is no failure", () => {
  const attempts = newAttempts(3, 1);
  const run = { attempts } as Run;
  const tally = failureTally();
  for (const task of [0, 1]) {
    attempts.state[task] = TASK_STATE.failed;
    attempts.failures[task] = 1;
  }
  attempts.count.failed = 2;
  const closed = [0, 1].map((task) => ({
    task,
    attempt: 1,
    machine: "here-1",
    outcome: "failed",
    exitCode: 1,
  }));
  tally.seen({} as never, run, { attempts: closed, machines: [] } as unknown as Closed);
  expect(tally.groups(run, out).failures?.[0]?.count).toBe(2);
  reopenFailed(run);
  expect(tally.groups(run, out)).toEqual({ failures: [], failures_rest: 0 });
});
