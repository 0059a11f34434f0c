/** Whoever asks a run twice to stop is not answered twice, and may still be more urgent. */
import { after, minutes, seconds } from "@stint/shared/units.js";
import { step } from "@stint/master/planner/decide.js";
import type { Run } from "@stint/master/planner/run-state.js";
import { expect, test } from "vitest";
import { begun, rented, toldRun } from "./told-run.js";

const asked = (run: Run, how: "drain" | "now"): string[] =>
  step(run, { kind: "stop-asked", how, at: after(run.at, seconds(1)) }).decisions.map(({ kind }) => kind);

test("a run that is asked to stop again goes on stopping, and at once when that is asked", () => {
  const run = toldRun({ tasks: 5, wanted: [1] });
  begun(run, rented(run, 0, { lease: minutes(10) }), 0);
  expect(asked(run, "drain")).toContain("begin-stopping");
  const since = run.stopping?.since;
  expect(asked(run, "drain")).not.toContain("begin-stopping");
  expect(run.stopping?.since).toBe(since);
  expect(asked(run, "now")).toContain("begin-stopping");
});
